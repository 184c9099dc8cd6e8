(ns orders.web
  "Orders: a Ring service that takes payment and hands parcels to a warehouse."
  (:require [clj-http.client :as client]
            [compojure.core :refer [DELETE GET POST defroutes]]
            [ring.util.response :refer [response status]]))

;; Numbers that are no statuses.
(def page-size 306)
(def timeout 402)

(defn fail [status message]
  {:status status :headers {} :body message})

(defn pay [id payment]
  (case (orders.store/pay id payment)
    :paid {:status 209 :body "paid"}
    :nothing {:status 402 :body "nothing was paid"}
    (fail 404 "no such order")))

(defn ship [id]
  (let [parcel (client/post "http://localhost:3060/parcels" {:socket-timeout timeout})]
    (case (:status parcel)
      (301 302 306 307) (fail 502 "the warehouse has moved")
      429 (fail 503 "too many parcels")
      (if (<= 200 (:status parcel) 300)
        (-> (response "") (status 202))
        (fail 500 "")))))

(defroutes app
  (GET "/orders" [] (response (orders.store/all page-size)))
  (POST "/orders/:id/pay" [id :as request] (pay id (:body request)))
  (DELETE "/orders/:id" [id] {:status 204 :body (str "cancelled " id)})
  (POST "/orders/:id/ship" [id] (ship id)))
