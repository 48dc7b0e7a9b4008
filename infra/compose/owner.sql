-- No superuser: row-level security would not bind it.
create role touchline_owner login password 'touchline' nosuperuser createrole;
create database touchline owner touchline_owner;
