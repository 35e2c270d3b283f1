{{- /* The prefix of the names of all objects. */ -}}
{{- define "dbmigration.name" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 52 | trimSuffix "-" -}}
{{- else -}}
{{- $name := default .Chart.Name .Values.nameOverride -}}
{{- if contains $name .Release.Name -}}
{{- .Release.Name | trunc 52 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name $name | trunc 52 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{- /* The name of an object of the cluster: two releases of one name in two namespaces must not share it. */ -}}
{{- define "dbmigration.clusterName" -}}
{{- printf "%s.%s" (include "dbmigration.name" .) .Release.Namespace -}}
{{- end -}}

{{- define "dbmigration.serviceAccount" -}}
{{- if .Values.serviceAccount.create -}}
{{- default (include "dbmigration.name" .) .Values.serviceAccount.name -}}
{{- else -}}
{{- default "default" .Values.serviceAccount.name -}}
{{- end -}}
{{- end -}}

{{- define "dbmigration.selector" -}}
app.kubernetes.io/name: {{ default .Chart.Name .Values.nameOverride | trunc 63 | trimSuffix "-" }}
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/component: operator
{{- end -}}

{{- define "dbmigration.labels" -}}
{{ include "dbmigration.selector" . }}
app.kubernetes.io/part-of: dbmigration
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" }}
{{- end -}}

{{- /* registry/repository@digest or registry/repository:tag, from a map with these keys and `version`. */ -}}
{{- define "dbmigration.reference" -}}
{{- with .registry }}{{ . }}/{{ end }}{{ .repository }}
{{- if .digest }}@{{ .digest }}{{ else }}:{{ default .version .tag }}{{ end }}
{{- end -}}

{{- define "dbmigration.image" -}}
{{- include "dbmigration.reference" (merge (dict "version" .Chart.AppVersion) .Values.image) -}}
{{- end -}}

{{- /* A runner of its own by tag or digest must not inherit the operator's digest, which would win. */ -}}
{{- define "dbmigration.runnerImage" -}}
{{- $own := .Values.runner.image -}}
{{- $inherited := .Values.image -}}
{{- if or $own.repository $own.tag $own.digest -}}
{{- $inherited = omit $inherited "tag" "digest" -}}
{{- end -}}
{{- $runner := dict "version" .Chart.AppVersion -}}
{{- range $part := list "registry" "repository" "tag" "digest" -}}
{{- $_ := set $runner $part (default (get $inherited $part) (get $own $part)) -}}
{{- end -}}
{{- include "dbmigration.reference" $runner -}}
{{- end -}}

{{- /* What the operator may do with the resources it looks after: the same in one namespace and in all. */ -}}
{{- define "dbmigration.rules" -}}
- apiGroups: [dbmigration.dev]
  resources: [databasemigrations]
  verbs: [get, list, watch, patch]
- apiGroups: [dbmigration.dev]
  resources: [databasemigrations/status]
  verbs: [update]
- apiGroups: [batch]
  resources: [jobs]
  verbs: [get, list, watch, create, patch, delete]
- apiGroups: [""]
  resources: [pods]
  verbs: [get, list, watch]
- apiGroups: [""]
  resources: [pods/log]
  verbs: [get]
- apiGroups: [""]
  resources: [configmaps]
  verbs: [get, list, watch]
- apiGroups: [events.k8s.io]
  resources: [events]
  verbs: [create, patch]
{{- end -}}

{{- define "dbmigration.subjects" -}}
- kind: ServiceAccount
  name: {{ include "dbmigration.serviceAccount" . }}
  namespace: {{ .Release.Namespace }}
{{- end -}}

{{- /* What the schema cannot say about two values together. */ -}}
{{- define "dbmigration.check" -}}
{{- if and (gt (int .Values.replicas) 1) (not .Values.leaderElection.enabled) -}}
{{- fail (printf "replicas: %d needs leaderElection.enabled: true, otherwise every Pod would work" (int .Values.replicas)) -}}
{{- end -}}
{{- end -}}

{{- /* Where a spec names a Secret, as optional selections in CEL; as many pull secrets as the CRD allows. */ -}}
{{- define "dbmigration.secretFields" -}}
- target.?secretName
- target.?tls.?caSecretName
- target.?tls.?clientCertificateSecretName
- source.?placeholdersSecretName
{{- range $index := until 10 }}
- ?job.?imagePullSecrets[?{{ $index }}].?name
{{- end }}
{{- end -}}
