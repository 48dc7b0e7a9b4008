export { readSurveyToken, type SurveyClaim, surveyLink } from './links/survey-links.js';
export { type Mailer, smtpMailer } from './mail/mailer.js';
export { deliverSurveys, SURVEY_DELIVERY } from './surveys/deliver-surveys.js';
export { webhookPoster } from './webhook/post-webhook.js';
