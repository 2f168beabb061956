#!/bin/sh
# Makes up inferences of a credit model, one JSON object a line, for POST /api/v1/inferences.
# usage: applicants.sh HOW_MANY YOUNGEST OLDEST
awk -v n="$1" -v youngest="$2" -v oldest="$3" 'BEGIN {
  srand(n) # the same arguments give the same lines
  for (i = 0; i < n; i++) {
    age = int(youngest + (oldest + 1 - youngest) * rand())
    channel = rand() < 0.7 ? "web" : "branch"
    score = (age + 30 * rand()) / 120
    printf "{\"model\": \"credit\", \"features\": {\"age\": %d, \"channel\": \"%s\"}, \"prediction\": {\"score\": %.3f}}\n",
      age, channel, score
  }
}'
