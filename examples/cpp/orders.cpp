// Orders: a cpp-httplib service that takes payment.
#include <chrono>
#include <httplib.h>
#include <map>
#include <string>
#include <thread>

namespace {

constexpr int kPort = 4040;
constexpr std::chrono::milliseconds kPause{402};

const std::map<int, std::string> kReasons = {
    {200, "OK"},
    {402, "Payment Required"},
    {404, "Not Found"},
};

void pay(const httplib::Request &req, httplib::Response &res) {
  if (req.body.empty()) {
    res.status = 402;
    return;
  }
  if (req.body.size() > 306) {
    res.status = 2000;
    return;
  }
  res.status = httplib::StatusCode::Created_201;
}

bool shipped(httplib::Client &warehouse, const std::string &order) {
  auto res = warehouse.Get("/parcels/" + order);
  if (!res || res->status == 306) {
    std::this_thread::sleep_for(kPause);
    return false;
  }
  return res->status >= 200 && res->status < 300;
}

}  // namespace

int main() {
  httplib::Server server;
  server.Post("/orders/pay", pay);
  server.Get("/old", [](const auto &, auto &res) { res.set_redirect("/orders", 306); });
  server.listen("127.0.0.1", kPort);
}
