#!/bin/sh
# Lays out the classes that the exporter needs when it starts and serves, for -XX:AOTCache:
#   training-run.sh /opt    with /opt/java and /opt/model-drift-exporter; writes /opt/model-drift-exporter/exporter.aot
# The profiles of the run (AOTRecordTraining) would cost seven megabytes more.
set -eu
app=$1/model-drift-exporter
port=${2:-10193}
exporter=http://127.0.0.1:$port

"$1/java/bin/java" -XX:+UseSerialGC -XX:+UnlockDiagnosticVMOptions -XX:-AOTRecordTraining -Xlog:aot=error \
  -XX:AOTCacheOutput="$app/exporter.aot" -jar "$app/model-drift-exporter.jar" \
  serve --listen "127.0.0.1:$port" --set learning.rows=100 --set evaluation.interval=5s &
running=$!
tries=0
until wget -q -O /dev/null "$exporter/-/ready"; do
  tries=$((tries + 1))
  [ "$tries" -lt 300 ] || { echo "the exporter did not start" >&2; exit 1; }
  sleep 0.2
done

rows=$(mktemp)
for i in $(seq 150); do
  echo "{\"model\": \"training\", \"features\": {\"number\": $i.5, \"text\": \"a\"}, \"prediction\": {\"score\": 0.$i}}"
done >"$rows"
for _ in 1 2 3; do
  wget -q -O /dev/null --post-file="$rows" "$exporter/api/v1/inferences"
done
wget -q -O /dev/null --header="Content-Type: application/json" \
  --post-data='{"instances": [{"number": 1, "text": "a"}]}' "$exporter/v1/models/training:predict"
rm "$rows"
sleep 6 # an evaluation
for path in /metrics / /api/v1/status; do
  wget -q -O /dev/null "$exporter$path"
done

kill "$running"
wait "$running" || [ $? -eq 143 ] # ended as asked; the cache is written then
test -s "$app/exporter.aot"
