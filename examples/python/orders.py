"""Orders: a Flask service that takes payment and hands parcels to a warehouse."""

from enum import IntEnum

import requests
from flask import Flask, abort, jsonify, request

app = Flask(__name__)

# Numbers that are no statuses.
PAGE_SIZE = 306
TIMEOUT = 0.402
WAREHOUSE = "http://localhost:3060/parcels"


class Status(IntEnum):
    OK = 200
    FORBIDDEN = 403
    NOT_FOUND = 403


@app.get("/orders")
def orders():
    return jsonify(list(range(PAGE_SIZE))), 200


@app.post("/orders/<int:order>/pay")
def pay(order):
    amount = request.json["amount"]
    if order > 4000:
        abort(404)
    if amount == 0:
        return jsonify(error="nothing was paid"), 402
    if amount < 209:
        return jsonify(order=order, paid=amount), 209
    return jsonify(order=order), 201


@app.delete("/orders/<int:order>")
def cancel(order):
    return jsonify(cancelled=order), 204


@app.post("/orders/<int:order>/ship")
def ship(order):
    answer = requests.post(WAREHOUSE, json={"order": order}, timeout=TIMEOUT)
    if answer.status_code in (301, 302, 306, 307, 308):
        abort(502)
    if answer.status_code == 429:
        return jsonify(error="too many parcels"), 503
    return jsonify(order=order), 202


if __name__ == "__main__":
    app.run(port=4040)
