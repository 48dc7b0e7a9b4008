#!/bin/sh
# Makes the file .env from which docker-compose.yml takes its secrets, each by chance. Never changes one that is there.
#   sh infra/compose/secrets.sh
set -eu
umask 077
cd "$(dirname "$0")/../.."
if [ -e .env ]; then
  echo ".env is there already. Who loses its TOUCHLINE_MASTER_KEY loses every personal field, so it stays as it is." >&2
  exit 1
fi
secret() { head -c 24 /dev/urandom | od -An -v -tx1 | tr -d ' \n'; }
made=$(cat <<END
# Opens the keys of personal data. Keep a copy apart from the backups of the database.
TOUCHLINE_MASTER_KEY=$(head -c 32 /dev/urandom | base64 | tr -d '\n')
# In a URL: letters and digits only.
OWNER_PASSWORD=$(secret)
POSTGRES_PASSWORD=$(secret)
GRAFANA_PASSWORD=$(secret)
# What else runs, with commas between: metrics (Prometheus and Grafana), eventstoredb.
# COMPOSE_PROFILES=metrics
# The log of a new installation in EventStoreDB, with its profile above. Never changed afterwards: nothing starts with the other one.
# EVENT_STORE=eventstoredb
# PUBLIC_URL=https://touchline.example
# TOUCHLINE_SMTP_URL=smtps://user:password@mail.example
# TOUCHLINE_MAIL_FROM="Support <support@touchline.example>"
# TOUCHLINE_ROLES=all
# OTEL_EXPORTER_OTLP_ENDPOINT=http://collector.example:4318
# OTEL_TRACES_SAMPLER=parentbased_traceidratio
# OTEL_TRACES_SAMPLER_ARG=0.01
END
)
printf '%s\n' "$made" > .env
echo "Made .env. Next: docker compose up -d --wait"
