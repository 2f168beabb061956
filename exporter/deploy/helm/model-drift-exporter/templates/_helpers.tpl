{{- define "drift.name" -}}
{{- ternary .Release.Name (printf "%s-%s" .Release.Name .Chart.Name) (contains .Chart.Name .Release.Name) | trunc 63 | trimSuffix "-" }}
{{- end }}

{{- define "drift.selector" -}}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "drift.labels" -}}
{{ include "drift.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/part-of: model-drift
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ .Chart.Name }}-{{ .Chart.Version }}
{{- end }}

{{- define "drift.confined" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities: {drop: [ALL]}
{{- end }}

{{- define "drift.probe" -}}
{{- $probes := (index . 0).Values.probes -}}
{{- $get := dict "path" (index . 1) "port" "metrics" "scheme" $probes.scheme -}}
{{- with $probes.headers }}{{ $_ := set $get "httpHeaders" . }}{{ end -}}
{{ toJson $get }}
{{- end }}

{{/* The exporter as a container, alone or as a native sidecar. */}}
{{- define "drift.container" -}}
name: model-drift-exporter
image: "{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}"
imagePullPolicy: {{ .Values.image.pullPolicy }}
{{- if eq .Values.mode "sidecar" }}
restartPolicy: Always
{{- end }}
args:
  - serve
  - --config
  - /etc/model-drift/exporter.yaml
  {{- with .Values.args }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
{{- with .Values.env }}
env:
  {{- toYaml . | nindent 2 }}
{{- end }}
ports:
  - {name: metrics, containerPort: 10193}
startupProbe:
  httpGet: {{ include "drift.probe" (list . "/-/healthy") }}
  periodSeconds: 2
  failureThreshold: 60
livenessProbe:
  httpGet: {{ include "drift.probe" (list . "/-/healthy") }}
  timeoutSeconds: 5
{{- if eq .Values.mode "deployment" }}{{/* beside a model it would take the model's pod out of its Service */}}
readinessProbe:
  httpGet: {{ include "drift.probe" (list . "/-/ready") }}
  timeoutSeconds: 5
{{- end }}
resources:
  {{- toYaml .Values.resources | nindent 2 }}
securityContext:
  runAsNonRoot: true
  runAsUser: 10193
  runAsGroup: 10193
  {{- include "drift.confined" . | nindent 2 }}
volumeMounts:
  - {name: config, mountPath: /etc/model-drift, readOnly: true}
  - {name: tmp, mountPath: /tmp}
  - {name: data, mountPath: /var/lib/model-drift}
  {{- if or .Values.secret.existing .Values.secret.files }}
  - {name: secret, mountPath: /etc/model-drift-secrets, readOnly: true}
  {{- end }}
{{- end }}
