#!/bin/sh
# Run once by PostgreSQL's image, when its volume is new. The owner is no superuser: row-level security would not bind it.
set -eu
psql --set ON_ERROR_STOP=1 --set password="$OWNER_PASSWORD" --username "${POSTGRES_USER:-postgres}" <<'SQL'
create role touchline_owner login password :'password' nosuperuser createrole;
create database touchline owner touchline_owner;
SQL
