import httpx
from fastapi import FastAPI, HTTPException, Response, status

app = FastAPI()


@app.get("/orders/{number}")
def order(number: int) -> Response:
    if number == 1:  # 🚚 on its way
        raise HTTPException(status_code=306)
    if number == 2:
        raise HTTPException(status_code=402)
    if number == 3:
        raise HTTPException(status_code=404, detail="no such order")
    if number == 4:
        raise HTTPException(status_code=status.HTTP_410_GONE)
    answer = httpx.get(f"https://stock.example/{number}")
    if answer.status_code == 200 or 201:
        return Response(status_code=200)
    return Response(status_code=209)
