{{/* Every object is named <release>-<part>; a release called sodam is not named twice. */}}
{{- define "sodam.base" -}}
{{- if contains "sodam" .Release.Name }}{{ .Release.Name | trunc 40 | trimSuffix "-" }}{{ else }}{{ printf "%s-sodam" .Release.Name | trunc 40 | trimSuffix "-" }}{{ end -}}
{{- end }}

{{- define "sodam.selector" -}}
app.kubernetes.io/name: sodam
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: {{ .part }}
{{- end }}

{{- define "sodam.labels" -}}
{{ include "sodam.selector" . }}
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .root.Chart.Name .root.Chart.Version }}
{{- end }}

{{/* metadata of an object: {root, part}; `name` when it is not the part's. */}}
{{- define "sodam.metadata" -}}
name: {{ include "sodam.base" .root }}-{{ .name | default .part }}
namespace: {{ .root.Release.Namespace }}
labels:
  {{- include "sodam.labels" . | nindent 2 }}
{{- end }}

{{/* One of the images, by its name in `images`; the one registry of an air-gapped house wins. */}}
{{- define "sodam.image" -}}
{{- $image := index .root.Values.images .name -}}
{{- $registry := .root.Values.global.imageRegistry | default $image.registry -}}
{{- $registry }}/{{ $image.repository }}{{ if $image.digest }}@{{ $image.digest }}{{ else }}:{{ $image.tag }}{{ end -}}
{{- end }}

{{- define "sodam.imageOf" -}}
image: {{ include "sodam.image" . }}
imagePullPolicy: {{ (index .root.Values.images .name).pullPolicy }}
securityContext:
  allowPrivilegeEscalation: false
  readOnlyRootFilesystem: true
  runAsNonRoot: true
  capabilities: {drop: [ALL]}
{{- end }}

{{- define "sodam.podSecurity" -}}
automountServiceAccountToken: false
enableServiceLinks: false
{{- with .root.Values.global.imagePullSecrets }}
imagePullSecrets:
  {{- range . }}
  - name: {{ . }}
  {{- end }}
{{- end }}
securityContext:
  runAsNonRoot: true
  runAsUser: {{ .root.Values.podSecurity.userId }}
  runAsGroup: {{ .root.Values.podSecurity.groupId }}
  fsGroup: {{ .root.Values.podSecurity.groupId }}
  fsGroupChangePolicy: OnRootMismatch
  seccompProfile: {type: RuntimeDefault}
{{- end }}

{{/* Pods that change when what they read changes. */}}
{{- define "sodam.checksum" -}}
checksum/config: {{ include (print .root.Template.BasePath "/config.yaml") .root | sha256sum }}
checksum/secrets: {{ include (print .root.Template.BasePath "/secrets.yaml") .root | sha256sum }}
{{- end }}

{{- define "sodam.secretRef" -}}
valueFrom: {secretKeyRef: {name: {{ .secret }}, key: {{ .key }}{{ if .optional }}, optional: true{{ end }}}}
{{- end }}

{{/* What every process of ours is told. {root} */}}
{{- define "sodam.env" -}}
{{- $serving := .root.Values.secrets.serving -}}
- name: SODAM_SECRET_KEY
  {{- include "sodam.secretRef" (dict "secret" $serving "key" "secret-key") | nindent 2 }}
- name: SODAM_MASTER_KEY
  {{- include "sodam.secretRef" (dict "secret" $serving "key" "master-key") | nindent 2 }}
{{- if .root.Values.valkey.enabled }}
- name: VALKEY_PASSWORD
  {{- include "sodam.secretRef" (dict "secret" $serving "key" "valkey-password") | nindent 2 }}
- name: SODAM_BROKER_URL
  value: redis://:$(VALKEY_PASSWORD)@{{ include "sodam.base" .root }}-valkey:{{ .root.Values.valkey.port }}/0
{{- else }}
- name: SODAM_BROKER_URL
  {{- include "sodam.secretRef" (dict "secret" $serving "key" "broker-url") | nindent 2 }}
{{- end }}
- name: SODAM_SMTP_PASSWORD
  {{- include "sodam.secretRef" (dict "secret" $serving "key" "smtp-password" "optional" true) | nindent 2 }}
- name: SODAM_SMS_GATEWAY_KEY
  {{- include "sodam.secretRef" (dict "secret" $serving "key" "sms-gateway-key" "optional" true) | nindent 2 }}
- name: SODAM_OIDC_CLIENT_SECRET
  {{- include "sodam.secretRef" (dict "secret" $serving "key" "oidc-client-secret" "optional" true) | nindent 2 }}
{{- end }}

{{/* The address of the database for serving processes: through PgBouncer when it runs. */}}
{{- define "sodam.postgresHost" -}}
{{- if .Values.postgres.cloudnativepg.enabled }}{{ include "sodam.base" . }}-postgres-rw{{ else }}{{ .Values.postgres.host }}{{ end -}}
{{- end }}
{{- define "sodam.directUrl" -}}
postgresql://{{ include "sodam.postgresHost" . }}:{{ .Values.postgres.port }}/{{ .Values.postgres.name }}?sslmode={{ .Values.postgres.sslmode }}{{ if .Values.postgres.caSecret }}&sslrootcert=/run/sodam/ca/ca.crt{{ end }}
{{- end }}
{{- define "sodam.servingUrl" -}}
{{- if .Values.pgbouncer.enabled -}}
postgresql://{{ include "sodam.base" . }}-pgbouncer:6432/{{ .Values.postgres.name }}
{{- else -}}
{{ include "sodam.directUrl" . }}
{{- end }}
{{- end }}

{{/* What only the owner's processes are told: straight at Postgres, since they need sessions. */}}
{{- define "sodam.ownerEnv" -}}
- name: SODAM_PROCESS
  value: owner
- name: SODAM_DATABASE_URL
  value: {{ include "sodam.directUrl" .root | quote }}
{{- if .root.Values.postgres.cloudnativepg.enabled }}
- name: OWNER_PASSWORD
  {{- include "sodam.secretRef" (dict "secret" (printf "%s-postgres-app" (include "sodam.base" .root)) "key" "password") | nindent 2 }}
- name: SODAM_OWNER_DATABASE_URL
  value: {{ include "sodam.directUrl" .root | replace "postgresql://" "postgresql://sodam_owner:$(OWNER_PASSWORD)@" | quote }}
{{- else }}
- name: SODAM_OWNER_DATABASE_URL
  {{- include "sodam.secretRef" (dict "secret" .root.Values.secrets.owner "key" "owner-database-url") | nindent 2 }}
{{- end }}
- name: SODAM_BACKUP_DIR
  value: /var/lib/sodam/backups
- name: SODAM_BACKUP_RECIPIENTS
  value: {{ join "," .root.Values.backup.recipients | quote }}
{{- if .root.Values.backup.testRestore }}
- name: SODAM_BACKUP_IDENTITY_FILE
  value: /run/sodam/owner/backup-identity
{{- end }}
{{- end }}

{{/* A container of our image: {root, part, args, resources}; owner: true for the owner's. */}}
{{- define "sodam.container" -}}
name: {{ .container | default .part }}
{{ include "sodam.imageOf" (dict "root" .root "name" "sodam") }}
command: [sodam]
args: {{ toJson .args }}
envFrom:
  - configMapRef: {name: {{ include "sodam.base" .root }}-config}
env:
  {{- include "sodam.env" . | nindent 2 }}
  {{- if .owner }}
  {{- include "sodam.ownerEnv" . | nindent 2 }}
  {{- else if .direct }}
  - name: SODAM_DATABASE_URL
    value: {{ include "sodam.directUrl" .root | quote }}
  {{- end }}
  {{- with .env }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
resources:
  {{- toYaml .resources | nindent 2 }}
volumeMounts:
  - {name: home, mountPath: /var/lib/sodam}
  - {name: tmp, mountPath: /tmp}
  {{- if .files }}
  - {name: files, mountPath: /var/lib/sodam/files}
  {{- end }}
  {{- if .owner }}
  - {name: backups, mountPath: /var/lib/sodam/backups}
  {{- if .root.Values.backup.testRestore }}
  - {name: owner, mountPath: /run/sodam/owner, readOnly: true}
  {{- end }}
  {{- end }}
  {{- if .root.Values.postgres.caSecret }}
  - {name: ca, mountPath: /run/sodam/ca, readOnly: true}
  {{- end }}
  {{- with .mounts }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
{{- end }}

{{- define "sodam.volumes" -}}
- name: home
  emptyDir: {sizeLimit: 1Gi}
- name: tmp
  emptyDir: {sizeLimit: 2Gi}
{{- with .root.Values.postgres.caSecret }}
- name: ca
  secret: {secretName: {{ . }}, items: [{key: ca.crt, path: ca.crt}]}
{{- end }}
{{- if .files }}
- name: files
  persistentVolumeClaim: {claimName: {{ .root.Values.files.existingClaim | default (printf "%s-files" (include "sodam.base" .root)) }}}
{{- end }}
{{- if .owner }}
- name: backups
  persistentVolumeClaim: {claimName: {{ .root.Values.backup.existingClaim | default (printf "%s-backups" (include "sodam.base" .root)) }}}
{{- if .root.Values.backup.testRestore }}
- name: owner
  secret: {secretName: {{ .root.Values.secrets.owner }}, items: [{key: backup-identity, path: backup-identity}], defaultMode: 0440}
{{- end }}
{{- end }}
{{- end }}

{{/* Before a serving process: the shared tables are as this release needs them. */}}
{{- define "sodam.waiting" -}}
{{- $resources := dict "requests" (dict "cpu" "20m" "memory" "192Mi") "limits" (dict "memory" "384Mi") -}}
{{ include "sodam.container" (dict "root" .root "part" "wait" "args" (list "wait" "--seconds" (toString .root.Values.migrate.timeoutSeconds)) "resources" $resources "direct" true) }}
{{- end }}

{{/* A deployment of our image: {root, part, args, resources, replicas, …}. */}}
{{- define "sodam.pod" -}}
metadata:
  labels:
    {{- include "sodam.labels" . | nindent 4 }}
  annotations:
    {{- include "sodam.checksum" . | nindent 4 }}
spec:
  serviceAccountName: {{ include "sodam.base" .root }}-{{ ternary "owner" "serving" (default false .owner) }}
  {{- include "sodam.podSecurity" . | nindent 2 }}
  terminationGracePeriodSeconds: {{ .grace | default 60 }}
  {{- with .nodeSelector }}
  nodeSelector:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with .tolerations }}
  tolerations:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  topologySpreadConstraints:
    - maxSkew: 1
      topologyKey: kubernetes.io/hostname
      whenUnsatisfiable: ScheduleAnyway
      labelSelector:
        matchLabels:
          {{- include "sodam.selector" . | nindent 10 }}
  initContainers:
    - {{- include "sodam.waiting" . | nindent 6 }}
  containers:
    - {{- include "sodam.container" . | nindent 6 }}
      {{- with .more }}
      {{- . | nindent 6 }}
      {{- end }}
  volumes:
    {{- include "sodam.volumes" . | nindent 4 }}
{{- end }}

{{/* A budget that never lets two of a part be taken at once. */}}
{{- define "sodam.budget" -}}
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  {{- include "sodam.metadata" . | nindent 2 }}
spec:
  maxUnavailable: 1
  selector:
    matchLabels:
      {{- include "sodam.selector" . | nindent 6 }}
{{- end }}
