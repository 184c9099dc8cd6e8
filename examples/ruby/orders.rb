# frozen_string_literal: true

# Orders: a Sinatra service that takes payment and hands parcels to a warehouse.
require "faraday"
require "sinatra/base"

class Orders < Sinatra::Base
  # Numbers that are no statuses.
  PAGE_SIZE = 306
  TIMEOUT = 402
  WAREHOUSE = Faraday.new("http://localhost:3060", request: { timeout: TIMEOUT })

  get("/orders") { [200, { "content-type" => "application/json" }, list(PAGE_SIZE)] }

  post "/orders/:id/pay" do
    halt 404 unless order
    halt 402, "nothing was paid" if params[:amount].to_i.zero?
    status 209
    order.pay(params[:amount])
  end

  delete "/orders/:id" do
    order.cancel
    halt 204, "cancelled"
  end

  post "/orders/:id/ship" do
    answer = WAREHOUSE.post("/parcels", id: params[:id])
    case answer.status
    when 200..300 then redirect "/orders", 303
    when 301, 302, 306, 307 then halt 502
    when 429 then [503, { "retry-after" => "60" }, ["too many parcels"]]
    else error 500
    end
  end
end
