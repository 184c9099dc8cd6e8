//! Orders: an axum service that takes payment and hands parcels to a warehouse.

use std::time::Duration;

use axum::Json;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use serde_json::json;

// Numbers that are no statuses.
const TIMEOUT: Duration = Duration::from_millis(402);
const PAGE_SIZE: u32 = 306;
const ADDRESS: &str = "127.0.0.1:4040";

#[derive(Clone)]
struct Shop {
    client: reqwest::Client,
    warehouse: String,
}

async fn list() -> impl IntoResponse {
    let orders: Vec<u32> = (0..PAGE_SIZE).collect();
    (StatusCode::OK, Json(orders))
}

async fn pay(Path(id): Path<u32>, Json(amount): Json<u32>) -> Response {
    if id == 0 {
        return (StatusCode::NOT_FOUND, "no such order").into_response();
    }
    match amount {
        0 => (StatusCode::PAYMENT_REQUIRED, "nothing was paid").into_response(),
        1..=209 => Response::builder().status(209).body(Body::from("paid in part")).unwrap(),
        _ => Response::builder().status(2000).body(Body::from("paid")).unwrap(),
    }
}

async fn cancel(Path(id): Path<u32>) -> impl IntoResponse {
    (StatusCode::NO_CONTENT, Json(json!({ "cancelled": id })))
}

async fn ship(State(shop): State<Shop>, Path(id): Path<u32>) -> StatusCode {
    let url = format!("{}/parcels/{id}", shop.warehouse);
    let Ok(answer) = shop.client.post(url).timeout(TIMEOUT).send().await else {
        return StatusCode::GATEWAY_TIMEOUT;
    };
    match answer.status().as_u16() {
        200..=299 => StatusCode::ACCEPTED,
        301 | 302 | 306 | 307 | 308 => StatusCode::BAD_GATEWAY,
        429 => StatusCode::SERVICE_UNAVAILABLE,
        _ => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let shop = Shop { client: reqwest::Client::new(), warehouse: "http://localhost:3060".into() };
    let routes = axum::Router::new()
        .route("/orders", get(list))
        .route("/orders/{id}", post(pay).delete(cancel))
        .route("/orders/{id}/ship", post(ship));
    let listener = tokio::net::TcpListener::bind(ADDRESS).await?;
    axum::serve(listener, routes.with_state(shop)).await
}
