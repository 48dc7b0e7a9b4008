import { type DynamicModule, Module, type Provider, type Type } from '@nestjs/common';
import { CommandHandler, type Query, QueryHandler } from '@nestjs/cqrs';
import { ListSurveys, listSurveys } from './asking/list-surveys.js';
import { FindAnswer, findAnswer } from './answers/find-answer.js';
import { GetAnswer, getAnswer } from './answers/get-answer.js';
import { GetAnswersSummary, getAnswersSummary } from './answers/get-answers-summary.js';
import { ListAnswers, listAnswers } from './answers/list-answers.js';
import { CheckCertificate, checkCertificate } from './certificates/check-certificate.js';
import { GetCertificate, getCertificate, GetCertificateEvents, getCertificateEvents } from './certificates/get-certificate.js';
import { GetChurnRisk, getChurnRisk } from './churn/get-churn-risk.js';
import { GetChurnDrift, getChurnDrift } from './churn/get-drift.js';
import { ExplainChurnModel, explainChurnModel, GetChurnModel, getChurnModel, ListChurnModels, listChurnModels } from './churn/get-models.js';
import { GetWhatIf, getWhatIf } from './churn/get-what-if.js';
import { GetChoices, getChoices } from './customers/get-choices.js';
import { GetCustomer, getCustomer } from './customers/get-customer.js';
import { ListCustomers, ListCustomersAsJson, listCustomers, listCustomersAsJson } from './customers/list-customers.js';
import { GetCustomerEconomics, getCustomerEconomics } from './economics/get-customer-economics.js';
import { GetEconomics, getEconomics } from './economics/get-economics.js';
import { GetFit, getFit } from './economics/get-fit.js';
import { GetEconomicsSettings, getEconomicsSettings } from './economics/settings.js';
import { ListEconomics, listEconomics } from './economics/list-customers-economics.js';
import { FindRequests, findRequests } from './demand/find-requests.js';
import { GetCompetition, getCompetition } from './demand/get-competition.js';
import { GetDemand, getDemand } from './demand/get-demand.js';
import { GetInitiatives, getInitiatives } from './demand/get-initiatives.js';
import { GetOutcomes, getOutcomes } from './demand/get-outcomes.js';
import { GetPresence, getPresence } from './demand/get-presence.js';
import { GetPromises, getPromises } from './demand/get-promises.js';
import { GetTraceability, getTraceability } from './demand/get-traceability.js';
import { GetDepartments, getDepartments } from './feedback/get-departments.js';
import { FindFeedback, findFeedback, GetFeedback, getFeedback } from './feedback/get-feedback.js';
import { ListFeedback, listFeedback } from './feedback/list-feedback.js';
import { GetExperience, getExperience } from './experience/get-experience.js';
import { GetOutages, getOutages } from './experience/get-outages.js';
import { GetPain, getPain } from './experience/get-pain.js';
import { GetCoaching, getCoaching } from './experience/get-coaching.js';
import { GetWatermelon, getWatermelon } from './experience/get-watermelon.js';
import { GetHealthDifference, getHealthDifference } from './health/get-difference.js';
import { GetHealthStory, getHealthStory } from './health/get-health-story.js';
import { GetHealth, getHealth } from './health/get-health.js';
import { GetHealthHistory, getHealthHistory } from './health/get-history.js';
import { GetRestatements, getRestatements } from './health/get-restatements.js';
import { IsOutageKnown, isOutageKnown } from './outages/is-outage-known.js';
import { GetCustomerJourney, getCustomerJourney } from './journey-map/get-customer-journey.js';
import { GetJourney, getJourney } from './journey-map/get-journey.js';
import { GetJourneyMap, getJourneyMap } from './journey-map/maps-of.js';
import { GetPortfolio, getPortfolio } from './portfolio/get-portfolio.js';
import { ListParked, listParkedCustomers, ReplayCustomer, replayCustomer, ResumeProjection, resume, RetryParked, retryParked } from './projections/parked.js';
import { CompareProjection, compareProjection, DropProjection, dropProjection, ListProjections, listProjections, RebuildProjection, rebuildProjection, SwitchProjection, switchProjection } from './projections/projections.js';
import type { ReadModelOptions } from './reading.js';
import { GetRecovery, getRecovery } from './recoveries/get-recovery.js';
import { ListRecoveries, listRecoveries } from './recoveries/list-recoveries.js';
import { GetCustomerInLog, getCustomerInLog, GetRecoveryInLog, getRecoveryInLog } from './recoveries/recovery-in-log.js';
import { GetRecoverySettings, getRecoverySettings } from './recoveries/settings.js';
import { SummarizeRecoveries, summarizeRecoveries } from './recoveries/summarize-recoveries.js';
import { GetCustomerRevenue, getCustomerRevenue } from './revenue/get-customer-revenue.js';
import { GetIncidents, getIncidents } from './revenue/get-incidents.js';
import { GetRevenue, getRevenue } from './revenue/get-revenue.js';
import { ListRevenueCustomers, listRevenueCustomers } from './revenue/list-revenue-customers.js';
import { GetRevenueSettings, getRevenueSettings } from './revenue/settings.js';
import { GetScorecard, getScorecard, ListScorecards, listScorecards } from './scorecards/get-scorecards.js';
import { GetCardCoverage, getCardCoverage } from './scorecards/look-at-customers.js';
import { GetAttention, getAttention } from './report/get-attention.js';
import { GetSuccessPlan, getSuccessPlan } from './success-plan/get-success-plan.js';
import { ListSuccessPlans, listSuccessPlans } from './success-plan/list-success-plans.js';
import { FindTask, findTask } from './tasks/find-task.js';
import { GetTasks, getTasks } from './tasks/get-tasks.js';
import { GetTimeline, getTimeline } from './timeline/get-timeline.js';
import { GetToday, getToday } from './today/get-today.js';

/** A handler class for a query whose answer is a plain function of (model, options). */
function answer<Options, Answer, Q extends Query<Answer> & { readonly options: Options }>(
  query: Type<Q>, work: (model: ReadModelOptions, options: Options) => Promise<Answer>,
): (model: ReadModelOptions) => Provider {
  @QueryHandler(query)
  class Handler {
    constructor(private readonly model: ReadModelOptions) {}

    execute({ options }: Q): Promise<Answer> {
      return work(this.model, options);
    }
  }
  return (model) => ({ provide: Handler, useFactory: () => new Handler(model) });
}

const answers = [
  answer(GetEconomics, getEconomics), answer(ListEconomics, listEconomics), answer(GetCustomerEconomics, getCustomerEconomics), answer(GetFit, getFit), answer(GetEconomicsSettings, getEconomicsSettings),
  answer(FindRequests, findRequests), answer(GetDemand, getDemand), answer(GetInitiatives, getInitiatives), answer(GetTraceability, getTraceability), answer(GetOutcomes, getOutcomes), answer(GetCompetition, getCompetition), answer(GetPromises, getPromises), answer(GetPresence, getPresence),
  answer(GetExperience, getExperience), answer(GetOutages, getOutages), answer(IsOutageKnown, isOutageKnown), answer(GetPain, getPain), answer(GetWatermelon, getWatermelon), answer(GetAttention, getAttention), answer(GetCoaching, getCoaching),
  answer(ListCustomers, listCustomers), answer(ListCustomersAsJson, listCustomersAsJson), answer(GetCustomer, getCustomer), answer(GetTimeline, getTimeline),
  answer(GetHealth, getHealth), answer(GetHealthHistory, getHealthHistory), answer(GetHealthDifference, getHealthDifference),
  answer(GetCertificate, getCertificate), answer(GetCertificateEvents, getCertificateEvents), answer(CheckCertificate, checkCertificate), answer(GetRestatements, getRestatements),
  answer(GetChurnRisk, getChurnRisk), answer(GetWhatIf, getWhatIf), answer(GetHealthStory, getHealthStory), answer(GetChoices, getChoices),
  answer(ListScorecards, listScorecards), answer(GetScorecard, getScorecard), answer(GetCardCoverage, getCardCoverage), answer(GetPortfolio, getPortfolio), answer(GetToday, getToday),
  answer(FindAnswer, findAnswer), answer(FindFeedback, findFeedback), answer(ListAnswers, listAnswers), answer(GetAnswer, getAnswer), answer(GetAnswersSummary, getAnswersSummary), answer(ListFeedback, listFeedback), answer(GetFeedback, getFeedback), answer(GetDepartments, getDepartments),
  answer(ListChurnModels, listChurnModels), answer(GetChurnModel, getChurnModel), answer(GetChurnDrift, getChurnDrift), answer(ExplainChurnModel, explainChurnModel),
  answer(GetTasks, getTasks), answer(FindTask, findTask), answer(GetSuccessPlan, getSuccessPlan), answer(ListSuccessPlans, listSuccessPlans),
  answer(ListSurveys, listSurveys),
  answer(GetRevenue, getRevenue), answer(ListRevenueCustomers, listRevenueCustomers), answer(GetCustomerRevenue, getCustomerRevenue), answer(GetRevenueSettings, getRevenueSettings), answer(GetIncidents, getIncidents),
  answer(GetJourney, getJourney), answer(GetCustomerJourney, getCustomerJourney), answer(GetJourneyMap, getJourneyMap),
  answer(ListRecoveries, listRecoveries), answer(GetRecovery, getRecovery), answer(SummarizeRecoveries, summarizeRecoveries), answer(GetRecoverySettings, getRecoverySettings), answer(GetRecoveryInLog, getRecoveryInLog), answer(GetCustomerInLog, getCustomerInLog),
];

/** The same for commands and queries of administration, which see the read models as a whole. */
function administer<Message extends object, Answer>(decorate: ClassDecorator, work: (model: ReadModelOptions, message: Message) => Promise<Answer>): (model: ReadModelOptions) => Provider {
  @decorate
  class Handler {
    constructor(private readonly model: ReadModelOptions) {}

    execute(message: Message): Promise<Answer> {
      return work(this.model, message);
    }
  }
  return (model) => ({ provide: Handler, useFactory: () => new Handler(model) });
}

const administration = [
  administer(QueryHandler(ListProjections), ({ worker }) => listProjections(worker)),
  administer(QueryHandler(ListParked), (model, { filter }: ListParked) => listParkedCustomers(model, filter)),
  administer(CommandHandler(RetryParked), (model, { filter }: RetryParked) => retryParked(model, filter)),
  administer(CommandHandler(ReplayCustomer), (model, { filter }: ReplayCustomer) => replayCustomer(model, filter)),
  administer(CommandHandler(ResumeProjection), (model, { name }: ResumeProjection) => resume(model, name)),
  administer(CommandHandler(RebuildProjection), ({ worker }, { name }: RebuildProjection) => rebuildProjection(worker, name)),
  administer(CommandHandler(CompareProjection), ({ worker }, { name }: CompareProjection) => compareProjection(worker, name)),
  administer(CommandHandler(SwitchProjection), ({ worker }, { name, undo }: SwitchProjection) => switchProjection(worker, name, undo)),
  administer(CommandHandler(DropProjection), ({ worker }, { name }: DropProjection) => dropProjection(worker, name)),
];

/** The way out for Nest: dispatch the queries and commands of this library. The app brings `CqrsModule.forRoot()`. */
@Module({})
export class ReadModelModule {
  static forRoot(model: ReadModelOptions): DynamicModule {
    return { module: ReadModelModule, providers: [...answers, ...administration].map((make) => make(model)) };
  }
}
