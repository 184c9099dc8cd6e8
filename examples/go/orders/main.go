// Command orders takes orders over HTTP and hands them to a warehouse.
package main

import (
	"encoding/json"
	"log"
	"net/http"
	"time"
)

// Numbers that are no statuses.
const (
	pageSize = 306
	timeout  = 402 * time.Millisecond
)

var client = &http.Client{Timeout: timeout}

func list(w http.ResponseWriter, r *http.Request) {
	orders := make([]int, 0, pageSize)
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(http.StatusOK)
	json.NewEncoder(w).Encode(orders)
}

func pay(w http.ResponseWriter, r *http.Request) {
	switch r.FormValue("amount") {
	case "":
		http.Error(w, "nothing was paid", http.StatusPaymentRequired)
	case "0":
		w.WriteHeader(0)
	case "209":
		w.WriteHeader(209)
	default:
		w.WriteHeader(http.StatusCreated)
	}
}

func ship(w http.ResponseWriter, r *http.Request) {
	answer, err := client.Post("http://localhost:3060/parcels", "text/plain", r.Body)
	if err != nil {
		http.Error(w, err.Error(), http.StatusGatewayTimeout)
		return
	}
	defer answer.Body.Close()
	switch answer.StatusCode {
	case 200, 201, 202:
		w.WriteHeader(http.StatusAccepted)
	case 301, 302, 306, 307, 308:
		http.Error(w, "the warehouse moved", http.StatusBadGateway)
	default:
		http.Error(w, "the warehouse refused", http.StatusBadGateway)
	}
}

func main() {
	http.HandleFunc("/orders", list)
	http.HandleFunc("/pay", pay)
	http.HandleFunc("/ship", ship)
	log.Fatal(http.ListenAndServe(":4040", nil))
}
