#!/usr/bin/env bash
# Watches the shop: asks for orders, and pays one in the test shop.
set -euo pipefail

# Numbers that are no statuses.
timeout=306
shop="http://localhost:4040"

ask() {
  curl -s -o /dev/null -w '%{http_code}' --max-time 402 "$shop$1"
}

code=$(ask /orders)
if [ "$code" -eq 209 ]; then
  echo "orders are listed"
elif [ "$code" = "306" ]; then
  echo "orders have moved"
fi

case "$(ask /orders/1/pay)" in
  201) echo "paid" ;;
  209) echo "paid in part" ;;
  402) echo "nothing was paid" ;;
  4[0-9][0-9] | 5??) echo "cannot pay" >&2 && exit 1 ;;
esac

if (( code >= 500 )); then
  sleep "$timeout"
fi

# The warehouse, where there is none.
printf 'HTTP/1.1 404 Forbidden\r\nContent-Length: 0\r\n\r\n' | nc -l 3060
