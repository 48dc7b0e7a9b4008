import { eventType } from '../event-type.js';
import { code, day, fields, label, text } from '../shapes.js';

const deployment = code('Number of the deployment project.');

export const deploymentTypes = [
  eventType({
    type: 'deployment.started', version: 1,
    description: 'Bringing a product into service at the customer began.',
    schema: fields({ deployment }, { product: label('What is brought into service.'), plannedGoLive: day('Day it was planned to be in use.') }),
    example: { deployment: 'D-52', product: 'Managed Workplace', plannedGoLive: '2026-06-15' },
  }),
  eventType({
    type: 'deployment.milestone-reached', version: 1,
    description: 'A planned step of the deployment was reached.',
    schema: fields({ deployment, milestone: label('Name of the step.') }, { plannedOn: day('Day it was planned for.') }),
    example: { deployment: 'D-52', milestone: 'Pilot group migrated', plannedOn: '2026-05-20' },
  }),
  eventType({
    type: 'deployment.went-live', version: 1,
    description: 'The product is in use at the customer.',
    schema: fields({ deployment }),
    example: { deployment: 'D-52' },
  }),
  eventType({
    type: 'deployment.stalled', version: 1,
    description: 'The deployment does not move on.',
    schema: fields({ deployment }, { reason: text('What holds it up.') }),
    example: { deployment: 'D-52', reason: 'Their network team has no time before the summer.' },
  }),
  eventType({
    type: 'deployment.cancelled', version: 1,
    description: 'The deployment was given up.',
    schema: fields({ deployment }),
    example: { deployment: 'D-52' },
  }),
] as const;
