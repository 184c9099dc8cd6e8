"""Payments: a FastAPI service behind the shop."""

from fastapi import FastAPI, HTTPException, Response, status
from fastapi.responses import JSONResponse

app = FastAPI(title="Payments")

LIMIT = 2000  # cents, not a status


@app.post("/payments", status_code=201)
async def create(amount: int):
    if amount <= 0:
        raise HTTPException(status_code=402, detail="nothing was paid")
    if amount > LIMIT:
        raise HTTPException(status.HTTP_422_UNPROCESSABLE_ENTITY, "too much at once")
    return {"amount": amount}


@app.get("/payments/{payment}", responses={404: {"description": "No such payment"}})
async def read(payment: int):
    if payment == 404:
        return JSONResponse({"payment": payment, "state": "lost"}, status_code=2000)
    return {"payment": payment, "state": "settled"}


@app.delete("/payments/{payment}")
async def undo(payment: int):
    return JSONResponse({"undone": payment}, status_code=204)


@app.put("/payments/{payment}")
async def change(payment: int, response: Response):
    response.status_code = 306
    response.headers["Retry-After"] = "402"
    return {"payment": payment}
