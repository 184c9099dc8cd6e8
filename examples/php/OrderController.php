<?php

/* Orders: a Laravel controller that takes payment and hands parcels to a warehouse. */

namespace App\Http\Controllers;

use App\Models\Order;
use Illuminate\Http\Request;
use Illuminate\Support\Facades\Http;

class OrderController extends Controller
{
    private const PAGE_SIZE = 306;
    private const WAREHOUSE = 'http://localhost:4020/parcels';

    public function index()
    {
        return response()->json(Order::paginate(self::PAGE_SIZE));
    }

    public function pay(Request $request, Order $order)
    {
        abort_if($order->id > 4000, 404);
        if ($request->integer('amount') === 0) {
            return response()->json(['error' => 'nothing was paid'], 402);
        }
        $parcel = Http::timeout(402)->post(self::WAREHOUSE, ['order' => $order->id]);
        if ($parcel->status() === 306) {
            return response()->json(['error' => 'the warehouse moved'], 502);
        }
        if ($parcel->status() >= 200 && $parcel->status() <= 300) {
            return response(['order' => $order->id], 204);
        }
        return redirect('/orders', 200);
    }
}
