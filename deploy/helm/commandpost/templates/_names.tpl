{{/* What everything is called: by its release, which tells several in one namespace apart. */}}
{{- define "commandpost.name" -}}
{{- if contains "commandpost" .Release.Name }}{{ .Release.Name | trunc 50 | trimSuffix "-" }}
{{- else }}{{ printf "%s-commandpost" .Release.Name | trunc 50 | trimSuffix "-" }}{{ end }}
{{- end }}

{{- define "commandpost.selector" -}}
app.kubernetes.io/name: commandpost
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "commandpost.labels" -}}
{{ include "commandpost.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version }}
{{- end }}

{{- define "commandpost.claim" -}}
{{ .Values.files.existingClaim | default (printf "%s-files" (include "commandpost.name" .)) }}
{{- end }}
