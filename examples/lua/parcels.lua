-- Parcels: an OpenResty handler in front of the warehouse.
local cjson = require "cjson"
local http = require "resty.http"

local PAGE_SIZE = 306
local WAREHOUSE = "http://localhost:4020/parcels"

local function fetch(order)
  local client = http.new()
  client:set_timeout(402)
  local res, err = client:request_uri(WAREHOUSE, { query = { order = order, limit = PAGE_SIZE } })
  if not res then
    return nil, err
  end
  if res.status == 306 then
    return nil, "the warehouse moved"
  end
  if res.status >= 200 and res.status <= 300 then
    return cjson.decode(res.body)
  end
end

local order = tonumber(ngx.var.arg_order)
if not order or order > 4000 then
  return ngx.exit(ngx.HTTP_NOT_FOUND)
end
local parcel = fetch(order)
if not parcel then
  ngx.status = 599
  return ngx.say("no parcel")
elseif parcel.unpaid then
  return ngx.exit(402)
end
ngx.say(cjson.encode(parcel))
