import { eventTypes } from '#journey';
import { SESSION_COOKIE } from '../access/session.js';
import { withExports } from '../exports/in-document.js';
import { type Operation, toOpenApi } from './operation.js';
import { adminOperations } from './paths/admin.js';
import { askingOperations } from './paths/asking.js';
import { answerOperations } from './paths/answers.js';
import { churnOperations } from './paths/churn.js';
import { demandOperations } from './paths/demand.js';
import { erasureOperations } from './paths/erasures.js';
import { eventOperations } from './paths/events.js';
import { feedOperations, feedSchemas } from './paths/feed.js';
import { economicsOperations } from './paths/economics.js';
import { experienceOperations } from './paths/experience.js';
import { revenueOperations } from './paths/revenue.js';
import { journeyOperations } from './paths/journey.js';
import { readOperations } from './paths/reads.js';
import { kafkaInOperations } from './paths/kafka-in.js';
import { kafkaOutOperations } from './paths/kafka-out.js';
import { logExportOperations, logExportSchemas } from './paths/log-export.js';
import { recoveryOperations } from './paths/recoveries.js';
import { reportOperations } from './paths/reports.js';
import { scorecardOperations } from './paths/scorecards.js';
import { taskOperations } from './paths/tasks.js';
import { webhookOperations } from './paths/webhooks.js';
import { portable } from './portable.js';
import type { Schema } from './schema.js';
import { adminSchemas } from './schemas/admin.js';
import { askingSchemas } from './schemas/asking.js';
import { answerSchemas } from './schemas/answers.js';
import { certificateSchemas } from './schemas/certificates.js';
import { churnSchemas } from './schemas/churn.js';
import { churnRiskSchemas } from './schemas/churn-risk.js';
import { commonSchemas } from './schemas/common.js';
import { customerSchemas, portfolioSchemas } from './schemas/customers.js';
import { demandSchemas } from './schemas/demand.js';
import { erasureSchemas } from './schemas/erasures.js';
import { economicsSchemas } from './schemas/economics.js';
import { experienceSchemas } from './schemas/experience.js';
import { revenueSchemas } from './schemas/revenue.js';
import { dataSchemas, eventSchemas } from './schemas/events.js';
import { healthSchemas } from './schemas/health.js';
import { journeySchemas } from './schemas/journey.js';
import { kafkaInSchemas } from './schemas/kafka-in.js';
import { kafkaOutSchemas } from './schemas/kafka-out.js';
import { recoverySchemas } from './schemas/recoveries.js';
import { reportSchemas } from './schemas/reports.js';
import { scorecardSchemas } from './schemas/scorecards.js';
import { taskSchemas } from './schemas/tasks.js';
import { todaySchemas } from './schemas/today.js';
import { webhookSchemas } from './schemas/webhooks.js';
import { whatIfSchemas } from './schemas/what-if.js';

const DESCRIPTION = `Facts in, health out. Send \`Authorization: Bearer tl_…\` with an API key, which belongs to one tenant and has a role.

Every failure is a problem (RFC 9457, \`application/problem+json\`) with a stable \`code\`; \`GET /problems\` explains them all. Every answer names its request in \`X-Request-Id\`.
Every GET also answers HEAD; OPTIONS, and 405 for another method, list the methods of a path in \`Allow\`. Parameters and fields that are not known are refused by name.
Times are RFC 3339 in UTC; days are YYYY-MM-DD on the tenant's calendar; money is in minor units with its currency; scores go from 0 to 100, where 100 is healthy.
Lists and figures also come as CSV and NDJSON, by \`Accept\` or \`format\`.
Within /v1 things are only added: take no offence at fields that you do not know.`;

const TAGS: Readonly<Record<string, string>> = {
  'Facts in': 'How facts reach us.',
  'Facts out': 'How others follow what happens.',
  'Kafka': 'What goes between Kafka and us.',
  'Today': 'Whom to call.',
  'Answers and feedback': 'What customers answered and want, and what becomes of it.',
  'Asking': 'What customers are asked, whom and when, and what came of it.',
  'Recoveries': 'What is made good with customers: by whom, by when, and whether it worked.',
  Economics: 'What customers earn us and cost us.',
  'Service experience': 'How customers live through our service.',
  'Strategic report': 'What the company decides by: the report of a quarter, targets, decisions.',
  'Demand': 'What customers ask for, what we do of it, and who hears of it.',
  'Revenue': 'What customers bring in a year, and how much of it is kept.',
  'Customer journey': 'Which way customers go, how long it takes, and what is missed.',
  'Customers': 'What is known of customers.',
  'Portfolio': 'All customers together.',
  'Scorecards': 'How health is scored.',
  'Churn risk': 'Models of who leaves, and whether what we do against it helps.',
  'Webhooks': 'Who is told of facts as they come.',
  'Published language': 'The types of facts.', 'Erasure': 'People of whom nothing may be known any more.', 'Administration': 'For administrators of a tenant, and operators of the installation.', 'Service': 'About this service.',
};

/** Every route that is not a page. */
export const operations: readonly Operation[] = [
  ...eventOperations, ...feedOperations, ...readOperations,
  ...recoveryOperations,
  ...answerOperations,
  ...economicsOperations,
  ...experienceOperations,
  ...demandOperations,
  ...reportOperations,
  ...revenueOperations,
  ...journeyOperations,
  ...taskOperations,
  ...askingOperations,
  ...webhookOperations,
  ...logExportOperations,
  ...kafkaInOperations, ...kafkaOutOperations,
  ...scorecardOperations, ...churnOperations, ...erasureOperations, ...adminOperations,
];

/** OpenAPI 3.1 of every route, with the data of each type of fact as the catalogue has it. */
export function openApiDocument(): Schema {
  return withExports(documentOfJson());
}

/** The same without what every GET route answers in other forms. */
export function documentOfJson() {
  const paths: Record<string, Record<string, Schema>> = {};
  for (const operation of operations) paths[operation.path] = { ...paths[operation.path], [operation.method]: toOpenApi(operation) };
  return portable({
    openapi: '3.1.0',
    info: { title: 'Touchline', version: '1', description: DESCRIPTION },
    servers: [{ url: '/', description: 'Where this document comes from.' }],
    tags: Object.entries(TAGS).map(([name, description]) => ({ name, description })),
    security: [{ key: [] }, { session: [] }],
    paths,
    components: {
      securitySchemes: {
        key: { type: 'http', scheme: 'bearer', bearerFormat: 'tl_<id>_<secret>', description: 'An API key. An administrator makes them with `POST /v1/admin/keys`.' },
        session: { type: 'apiKey', in: 'cookie', name: SESSION_COOKIE, description: 'What a browser is given at /login. Writes with it are taken only from our own pages.' },
      },
      schemas: {
        ...commonSchemas, ...customerSchemas, ...portfolioSchemas, ...healthSchemas, ...certificateSchemas, ...churnRiskSchemas, ...whatIfSchemas, ...churnSchemas, ...scorecardSchemas,
        ...logExportSchemas,
        ...kafkaInSchemas, ...kafkaOutSchemas,
        ...recoverySchemas,
        ...answerSchemas,
        ...economicsSchemas,
        ...experienceSchemas,
        ...demandSchemas,
        ...reportSchemas,
        ...revenueSchemas,
        ...journeySchemas,
        ...taskSchemas,
        ...askingSchemas,
        ...webhookSchemas,
        ...todaySchemas, ...eventSchemas, ...feedSchemas, ...erasureSchemas, ...adminSchemas,
        ...dataSchemas(eventTypes.filter(({ internal }) => !internal)),
      },
    },
  });
}

/** The document as it is committed and served. */
export const openApiText = (): string => `${JSON.stringify(openApiDocument(), null, 1)}\n`;
