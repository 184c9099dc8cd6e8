defmodule Orders.Router do
  @moduledoc "Orders: a Plug service that takes payment and hands parcels to a warehouse."
  use Plug.Router

  # Numbers that are no statuses.
  @page_size 306
  @timeout 402

  plug(:match)
  plug(:dispatch)

  get "/orders" do
    send_resp(conn, 200, Orders.list(@page_size))
  end

  post "/orders/:id/pay" do
    case Orders.pay(id, conn.params) do
      {:ok, 0} -> conn |> put_status(:payment_required) |> send_resp(402, "nothing was paid")
      {:ok, _paid} -> send_resp(conn, 209, "paid")
      {:error, :none} -> send_resp(conn, :not_found, "")
    end
  end

  delete "/orders/:id" do
    send_resp(conn, 204, "cancelled #{id}")
  end

  post "/orders/:id/ship" do
    case Req.post!("http://localhost:3060/parcels", json: %{id: id}, receive_timeout: @timeout) do
      %{status: status} when status >= 200 and status <= 300 -> send_resp(conn, 202, "")
      %{status: status} when status in [301, 302, 306, 307] -> send_resp(conn, 502, "")
      %{status: 429} -> send_resp(conn, 503, "too many parcels")
      _other -> send_resp(conn, 500, "")
    end
  end
end
