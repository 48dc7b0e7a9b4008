import type { ChurnRows } from '../history/churn-rows.js';
import { HORIZONS } from '../history/horizon.js';
import { fitAdditive } from '../models/boosted.js';
import type { RiskModel } from '../models/parts.js';
import { fitLogistic } from '../models/logistic.js';
import type { Steps } from '../models/steps.js';
import type { Table } from '../models/table.js';
import { type Column, columnsOf } from './columns.js';
import { priorOf } from './prior.js';
