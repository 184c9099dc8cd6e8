/* Orders: a libmicrohttpd service that asks the warehouse by libcurl. */
#include <curl/curl.h>
#include <microhttpd.h>
#include <string.h>

#define PORT 4040
#define PAGE_SIZE 306 /* orders, not a status */
#define HTTP_OK 200
#define HTTP_UNUSED 306

static const unsigned int amounts[] = {402, 306, 209};

static enum MHD_Result pay(struct MHD_Connection *connection, unsigned int amount) {
	struct MHD_Response *response = MHD_create_response_empty(MHD_RF_NONE);
	if (amount == 0) {
		return MHD_queue_response(connection, 402, response);
	}
	if (amount < amounts[0]) {
		return MHD_queue_response(connection, 209, response);
	}
	return MHD_queue_response(connection, MHD_HTTP_CREATED, response);
}

static int in_stock(CURL *handle) {
	long code = 0;
	curl_easy_setopt(handle, CURLOPT_TIMEOUT_MS, 402L);
	curl_easy_perform(handle);
	curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &code);
	if (code == 306) {
		return -1;
	}
	return code >= 200 && code < 300;
}

static const char *moved = "HTTP/1.1 302 Found\r\nLocation: /orders\r\n\r\n";
