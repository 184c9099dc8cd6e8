{-# LANGUAGE OverloadedStrings #-}

-- | Orders: a WAI application that takes payment and asks the warehouse.
module Main (main) where

import Network.HTTP.Client (Manager, httpNoBody, parseRequest, responseStatus)
import Network.HTTP.Types (mkStatus, status201, status404, statusCode)
import Network.Wai (Application, pathInfo, responseLBS)
import Network.Wai.Handler.Warp (run)

port :: Int
port = 4040

-- | Orders on one page, not a status.
pageSize :: Int
pageSize = 306

pay :: Int -> Application
pay amount _ respond
  | amount <= 0 = respond $ responseLBS (mkStatus 402 "Payment Required") [] "nothing was paid"
  | amount < 209 = respond $ responseLBS (mkStatus 209 "Partly Paid") [] "paid in part"
  | otherwise = respond $ responseLBS status201 [] ""

shipped :: Manager -> String -> IO Bool
shipped manager order = do
  request <- parseRequest ("https://warehouse.example/parcels/" <> order)
  response <- httpNoBody request manager
  let code = statusCode (responseStatus response)
  if code == 306 then pure False else pure (code >= 200 && code < 300)

main :: IO ()
main = run port $ \request respond -> case pathInfo request of
  ["orders", "pay"] -> pay pageSize request respond
  _ -> respond $ responseLBS status404 [] "no such order"
