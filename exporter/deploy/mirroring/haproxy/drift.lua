-- Sends both halves of an inference to the Model Drift Exporter as CloudEvents with one id.
-- HAProxy sends an event again if no answer comes in time; the exporter recognises it by its id.
-- They go to the path that the client asked, which tells the version. Of an explanation only the answer
-- is sent: its rows were asked about before.
local URL = ((os.getenv("DRIFT_URL") or "http://127.0.0.1:10193"):gsub("/$", ""))

local function now()
  local t = core.now()
  return os.date("!%Y-%m-%dT%H:%M:%S", t.sec) .. string.format(".%06dZ", t.usec)
end

local function ship(kind, path, id, model, time, ctype, body)
  core.register_task(function()
    core.httpclient():post{ url = URL .. path, body = body, timeout = 2000, headers = {
      ["ce-specversion"] = {"1.0"}, ["ce-source"] = {"haproxy"}, ["ce-id"] = {id},
      ["ce-type"] = {"org.kubeflow.serving.inference." .. kind}, ["ce-time"] = {time},
      ["ce-inferenceservicename"] = {model}, ["content-type"] = {ctype or "application/json"} } }
  end)
end

core.register_action("drift_req", {"http-req"}, function(txn)
  local body, n = txn.f:req_body() or "", tonumber(txn.sf:req_hdr("content-length")) or -1
  local path = txn.sf:path()
  txn:set_var("txn.did", txn.sf:unique_id())
  txn:set_var("txn.dm", path:match("/models/([^/:]+)") or "default")
  txn:set_var("txn.dp", path)
  if path:find(":explain", 1, true) then return end
  if n >= 0 and n ~= #body then return end          -- did not fit the buffer
  ship("request", path, txn:get_var("txn.did"), txn:get_var("txn.dm"), now(), txn.sf:req_hdr("content-type"), body)
end)

core.register_action("drift_res", {"http-res"}, function(txn)
  if txn.f:status() ~= 200 or not txn:get_var("txn.did") then return end
  local body, n = txn.f:res_body() or "", tonumber(txn.sf:res_hdr("content-length")) or -1
  if n >= 0 and n ~= #body then return end
  ship("response", txn:get_var("txn.dp"), txn:get_var("txn.did"), txn:get_var("txn.dm"), now(),
    txn.sf:res_hdr("content-type"), body)
end)
