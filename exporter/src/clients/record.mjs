// Appends what the cloudevents package of npm puts on the wire: node record.mjs OUTPUT.jsonl
import { appendFileSync } from 'node:fs';
import { CloudEvent, HTTP } from 'cloudevents';

const event = new CloudEvent({
  id: 'n1',
  source: '/credit',
  type: 'org.kubeflow.serving.inference.request',
  time: '2026-01-05T10:00:00.000Z',
  inferenceservicename: 'credit',
  datacontenttype: 'application/json',
  data: {
    instances: [
      { age: 35, balance: 1200.5, channel: 'web' },
      { age: 52, balance: -0.25, channel: 'filé' },
    ],
  },
});

for (const [client, message] of [
  ['cloudevents npm binary', HTTP.binary(event)],
  ['cloudevents npm structured', HTTP.structured(event)],
]) {
  const headers = Object.fromEntries(Object.entries(message.headers).map(([k, v]) => [k, String(v)]));
  const body = Buffer.from(message.body).toString('base64');
  appendFileSync(process.argv[2], JSON.stringify({ client, path: '/', headers, body }) + '\n');
}
