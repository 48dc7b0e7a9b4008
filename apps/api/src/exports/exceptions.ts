const SECRET = 'A secret is read once and kept nowhere.';
const OF_THE_SERVICE = 'It is about the service; nothing in it is a list or a figure of a tenant.';
const OF_ITS_OWN = 'A report is a document: JSON, HTML, PDF, or CSV of its own with a line per figure and row, by `format`.';

/** Routes that answer in JSON and offer neither CSV nor NDJSON, with the reason. */
export const EXCEPTIONS: Readonly<Record<string, string>> = {
  '/v1/events': 'The feed has no end: pages of CloudEvents, or a stream of them. What stands in the log is exported by `GET /v1/log/export`.',
  '/v1/event-types/{type}/schemas/{version}': 'A JSON Schema is a document of its own kind.',
  '/v1/customers/{id}/health/certificate': 'Its digest is that of its JSON; its events come as NDJSON from `/health/certificate/events`.',
  '/v1/reports/strategic': OF_ITS_OWN, '/v1/reports/{report}': OF_ITS_OWN,
  '/v1/survey-programs/webhook-secret': SECRET, '/v1/webhooks/{id}/secret': SECRET,
  '/problems': OF_THE_SERVICE, '/problems/{code}': OF_THE_SERVICE, '/health/live': OF_THE_SERVICE, '/health/ready': OF_THE_SERVICE,
  '/openapi.json': OF_THE_SERVICE, '/asyncapi.json': OF_THE_SERVICE,
};
