export { readSurveyToken, type SurveyClaim } from './links/survey-links.js';
export { type Mailer, smtpMailer } from './mail/mailer.js';
export { deliverSurveys } from './surveys/deliver-surveys.js';
export { webhookPoster } from './webhook/post-webhook.js';
export { webhookSecretText } from './webhook/webhook-secret.js';
