/** How each figure is worked out, in words. Intervals are of 95 %. */
export const ECONOMICS_METHODS = {
  margin: 'Contribution: income less costs of service that the policy counts as costs of revenue, of the days looked at. Share: of income. Interval: customers being drawn (ratio estimate, Student). Invoices count net where the net amount was told, else gross.',
  drivers: 'Costs of service by what kind of cost they are; parts add up to the whole.',
  perTicket: 'Costs that name a ticket, per ticket: mean over tickets with any cost (Student).',
  alternatives: 'The price of each alternative that holds on the last day looked at, beside what the same cost us. A ticket: as above. A year of a customer: costs of service over years in which a subscription ran, of customers with both (ratio estimate, Student). Difference: ours less theirs, the price taken as certain; whether the service would be as good, and what changing over costs, is in no figure.',
  cac: 'What was recorded as cost of winning a customer, mean over those sold to in the days looked at (Student).',
  payback: 'Months begun until the contribution of a customer since its first line reached what winning it cost. Median and curve: Kaplan-Meier, who is not there yet counted as far as watched; who left before never will be.',
  aggregate: 'Spend on winning customers / (new MRR x contribution margin), all of the days looked at. No cost of a single customer is held against an aggregate.',
  lifetime: 'ARPA x contribution margin / churn of a month. ARPA: MRR at the end over customers who pay. Churn: of the customers who paid as the time began (logo churn), as the constant share of a month. Interval: of churn alone (Wilson). Undefined where nobody left; the capped value counts the months of the policy, by those who stay.',
  cacAtRisk: 'Cost of winning a customer that has not come back (at least 0), times the chance that it leaves within 90 days by the model in force today, summed over customers who are here. Of an earlier moment there is none: the chance is kept for today only.',
  spend: 'What was recorded for periods, by the days of theirs that lie in those looked at. NRR: of the same days.',
} as const;
