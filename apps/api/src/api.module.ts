import { type DynamicModule, Module } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_INTERCEPTOR, APP_PIPE } from '@nestjs/core';
import { CqrsModule } from '@nestjs/cqrs';
import type { Logger } from 'pino';
import { KeyRing, parseMasterKey } from '#event-store';
import { IntakeModule } from '#intake';
import { Feed, PostgresFeedLog } from '#outbound';
import { ReadModelModule } from '#read-model';
import { AccessGuard } from './access/access.guard.js';
import { ApiKeys } from './access/api-keys.js';
import { Callers } from './access/callers.js';
import { KeysController } from './access/keys.controller.js';
import { LoginController } from './access/login.controller.js';
import { Sessions } from './access/session.js';
import { AnswerWork } from './answers/answer-work.js';
import { AnswersController } from './answers/answers.controller.js';
import { API_OPTIONS, type ApiOptions } from './api-options.js';
import { EventTypesController } from './catalogue/event-types.controller.js';
import { CertificatesController } from './certificates/certificates.controller.js';
import { AskingController } from './asking/asking.controller.js';
import { AskingSettingsOfTenant } from './asking/asking-settings.js';
import { SurveyAnswers } from './asking/survey-answers.js';
import { SurveyPage } from './asking/survey.page.js';
import { ChurnModels } from './churn/churn-models.js';
import { ExperimentsController } from './churn/experiments.controller.js';
import { Experiments } from './churn/experiments.js';
import { ModelsController } from './churn/models.controller.js';
import { TrainingController } from './churn/training.controller.js';
import { Connections } from './connections.js';
import { EconomicsController } from './economics/economics.controller.js';
import { AlternativesController } from './economics/alternatives.controller.js';
import { EconomicsSettingsController } from './economics/economics-settings.controller.js';
import { SpendController } from './economics/spend.controller.js';
import { DemandController } from './demand/demand.controller.js';
import { InitiativesController } from './demand/initiatives.controller.js';
import { Initiatives } from './demand/initiatives.js';
import { ErasuresController } from './erasures/erasures.controller.js';
import { CustomerFacts } from './events/customer-facts.js';
import { CustomerRevenueController } from './revenue/customer-revenue.controller.js';
import { RevenueController } from './revenue/revenue.controller.js';
import { RevenueSettingsController } from './revenue/revenue-settings.controller.js';
import { CoachingController } from './experience/coaching.controller.js';
import { ExperienceController } from './experience/experience.controller.js';
import { ThemesController } from './experience/themes.controller.js';
import { OwnFacts } from './events/own-facts.js';
import { OutagesController } from './outages/outages.controller.js';
import { Outages } from './outages/outages.js';
import { EventsController } from './events/events.controller.js';
import { ImportController } from './events/import.controller.js';
import { Steps } from './events/steps.js';
import { DepartmentsController } from './feedback/departments.controller.js';
import { FeedController } from './feed/feed.controller.js';
import { OpenStreams } from './feed/open-streams.js';
import { FeedReadings } from './feed/reading.js';
import { ExportInterceptor } from './exports/export.interceptor.js';
import { FeedbackController } from './feedback/feedback.controller.js';
import { FeedbackWork } from './feedback/feedback-work.js';
import { HealthController } from './health/health.controller.js';
import { JourneyController } from './journey/journey.controller.js';
import { DtoPipe } from './http/dto.pipe.js';
import { LOGGER, traceOf } from './http/logging.js';
import { LongAnswers } from './http/long-answers.js';
import { Stopping } from './http/stopping.js';
import { DeadLetters } from './kafka-in/dead-letters.js';
import { KafkaInController } from './kafka-in/kafka-in.controller.js';
import { KafkaInOfTenant } from './kafka-in/kafka-in.js';
import { kafkaProvider } from './kafka-in/kafka.provider.js';
import { KafkaOutController } from './kafka-out/kafka-out.controller.js';
import { KafkaOutOfTenant } from './kafka-out/kafka-out.js';
import { LogExportController } from './log/log-export.controller.js';
import { LogController } from './log/log.controller.js';
import { OverridesController } from './overrides/overrides.controller.js';
import { Overrides } from './overrides/overrides.js';
import { AnswersPages } from './pages/answers.page.js';
import { CustomerPage } from './pages/customer.page.js';
import { CustomersPage } from './pages/customers.page.js';
import { DemandPage } from './pages/demand/demand.page.js';
import { FeedbackPages } from './pages/feedback.page.js';
import { EconomicsPage } from './pages/economics/economics.page.js';
import { ReportsPage } from './pages/reports/reports.page.js';
import { RevenuePage } from './pages/revenue/revenue.page.js';
import { ExperiencePage } from './pages/experience/experience.page.js';
import { JourneyPage } from './pages/journey/journey.page.js';
import { PortfolioPage } from './pages/portfolio.page.js';
import { RecoveriesPageController } from './pages/recoveries.page.js';
import { RecoveryPageController } from './pages/recovery.page.js';
import { StylesheetController } from './pages/stylesheet.controller.js';
import { TasksPage } from './pages/tasks.page.js';
import { TodayPage } from './pages/today.page.js';
import { PlaybooksController } from './playbooks/playbooks.controller.js';
import { Playbooks } from './playbooks/playbooks.js';
import { ProblemFilter } from './problems/problem.filter.js';
import { ProblemsController } from './problems/problems.controller.js';
import { CustomerIds } from './reads/customer-ids.js';
import { CustomersController } from './reads/customers.controller.js';
import { PortfolioController } from './reads/portfolio.controller.js';
import { WhatIfController } from './reads/what-if.controller.js';
import { RecoveriesController } from './recoveries/recoveries.controller.js';
import { RecoveriesReadsController } from './recoveries/recoveries-reads.controller.js';
import { Recoveries } from './recoveries/recoveries.js';
import { RecoverySettingsController } from './recoveries/recovery-settings.controller.js';
import { RecoverySettingsOfTenant } from './recoveries/recovery-settings.js';
import { ProjectionsController } from './projections/projections.controller.js';
import { Proposals } from './scorecards/proposals.js';
import { ScorecardChecks } from './scorecards/scorecard-checks.js';
import { ScorecardsController } from './scorecards/scorecards.controller.js';
import { ScorecardsReadsController } from './scorecards/scorecards-reads.controller.js';
import { Scorecards } from './scorecards/scorecards.js';
import { SimulationsController } from './scorecards/simulations.controller.js';
import { Simulations } from './scorecards/simulations.js';
import { StaffController } from './staff/staff.controller.js';
import { CompanyController } from './report/company.controller.js';
import { MeetingsController } from './report/meetings.controller.js';
import { EvidenceOfDecisions } from './report/evidence-of-decisions.js';
import { Reports } from './report/reports.js';
import { ReportsController } from './report/reports.controller.js';
import { ReportScheduleController } from './report/schedule.controller.js';
import { Outcomes } from './success-plan/outcomes.js';
import { SuccessPlanController } from './success-plan/success-plan.controller.js';
import { TasksController } from './tasks/tasks.controller.js';
import { Tasks } from './tasks/tasks.js';
import { TodayTasks } from './today/today-tasks.js';
import { TodayController } from './today/today.controller.js';
import { TenantController } from './tenant/tenant.controller.js';
import { TenantToday } from './tenant/tenant-today.js';
import { VerifyController } from './verify/verify.controller.js';
import { DeliveriesController } from './webhooks/deliveries.controller.js';
import { WebhooksController } from './webhooks/webhooks.controller.js';
import { Webhooks } from './webhooks/webhooks.js';

/** The front door: HTTP in, commands and queries behind it. */
@Module({})
export class ApiModule {
  static forRoot(options: ApiOptions, connections: Connections, logger: Logger): DynamicModule {
    const { worker, reader, store } = connections;
    const keys = new KeyRing(worker, parseMasterKey(options.masterKey));
    return {
      module: ApiModule,
      imports: [
        CqrsModule.forRoot({ rethrowUnhandled: true }),
        IntakeModule.forRoot({ store, database: worker, keys }),
        ReadModelModule.forRoot({ reader, worker, keys, now: () => new Date() }),
      ],
      controllers: [
        EventsController, FeedController, ImportController, ErasuresController, EventTypesController, CustomersController, WhatIfController, OverridesController, CertificatesController, PortfolioController, TodayController,
        TenantController, KeysController, ProjectionsController, LogController, LogExportController, VerifyController, LoginController, ProblemsController, HealthController, TrainingController, ModelsController, ExperimentsController, ScorecardsReadsController, ScorecardsController, SimulationsController,
        TasksPage, TasksController, PlaybooksController, SuccessPlanController, StaffController,
        AskingController, SurveyPage,
        WebhooksController, DeliveriesController,
        KafkaInController, KafkaOutController,
        RecoveriesReadsController, RecoveriesController, RecoverySettingsController,
        AnswersController, FeedbackController, DepartmentsController,
        DemandController, InitiativesController, DemandPage,
        RevenueController, CustomerRevenueController, RevenueSettingsController, RevenuePage,
        EconomicsController, EconomicsSettingsController, SpendController, AlternativesController, EconomicsPage,
        JourneyController, JourneyPage,
        ExperienceController, CoachingController, ThemesController, OutagesController, ExperiencePage,
        TodayPage, CustomersPage, CustomerPage, PortfolioPage, StylesheetController,
        RecoveriesPageController, RecoveryPageController,
        AnswersPages, FeedbackPages,
        ReportsController, CompanyController, MeetingsController, ReportScheduleController, ReportsPage,
      ],
      providers: [
        { provide: API_OPTIONS, useValue: options },
        { provide: LOGGER, useValue: logger },
        { provide: Connections, useValue: connections },
        { provide: ApiKeys, useFactory: () => new ApiKeys(worker) },
        { provide: Sessions, useFactory: () => new Sessions(options.masterKey, options.publicUrl?.startsWith('https:') ?? false) },
        { provide: Feed, useFactory: () => new Feed(new PostgresFeedLog({ worker, reader, keys, publicUrl: options.publicUrl }), (listener) => store.onGrowth(listener), (message, error) => logger.warn(traceOf(error), message)) },
        { provide: APP_FILTER, useClass: ProblemFilter },
        { provide: APP_GUARD, useClass: AccessGuard },
        { provide: APP_PIPE, useClass: DtoPipe },
        { provide: APP_INTERCEPTOR, useClass: ExportInterceptor },
        AskingSettingsOfTenant,
        AnswerWork,
        Callers,
        ChurnModels,
        Experiments,
        CustomerFacts,
        CustomerIds,
        DeadLetters,
        FeedbackWork,
        FeedReadings,
        KafkaInOfTenant, KafkaOutOfTenant, kafkaProvider,
        LongAnswers,
        OpenStreams,
        Outages, Initiatives,
        Outcomes,
        Overrides,
        OwnFacts,
        Playbooks,
        Proposals,
        Recoveries,
        EvidenceOfDecisions, Reports,
        RecoverySettingsOfTenant,
        ScorecardChecks,
        Scorecards,
        Simulations,
        Steps,
        Stopping,
        Tasks,
        SurveyAnswers,
        TenantToday,
        TodayTasks,
        Webhooks,
      ],
    };
  }
}
