import type { MoodName } from './mood.js';

/** One company of the demo. All are invented. Money in thousands of euros a year. */
export interface DemoCustomer {
  readonly id: string;
  readonly name: string;
  readonly segment: 'enterprise' | 'mid-market' | 'small';
  readonly industry: string;
  readonly region: string;
  readonly arr: number;
  readonly owner: 'mara' | 'jonas' | 'aylin' | 'tom';
  /** Length of a term in months, how many terms have begun, and days until the present one ends. */
  readonly term: number;
  readonly terms: number;
  readonly renewsIn: number;
  readonly mood?: MoodName;
  /** Days since the last subscription ended. */
  readonly leftAgo?: number;
  readonly parent?: string;
  /** False where we cannot see how much they use. */
  readonly telemetry?: boolean;
  /** Fit at the sale (0-100), cost of winning it in years of its revenue, cost of serving it as a share of revenue; left out: ordinary. */
  readonly economics?: { readonly fit: number; readonly acquisition: number; readonly service: number };
}

type Row = readonly [name: string, industry: string, region: string, arr: number, owner: DemoCustomer['owner'], term: number, terms: number, renewsIn: number, mood: MoodName];

const rows: readonly Row[] = [
  ['Thistledown Group', 'holding', 'North', 900, 'mara', 36, 1, 298, 'fond'],
  ['Brambleworth Foods', 'food', 'West', 610, 'jonas', 24, 2, 47, 'steady'],
  ['Otterbank Insurance', 'insurance', 'South', 540, 'aylin', 36, 1, 201, 'grumbling'],
  ['Copperkettle Breweries', 'food', 'South', 455, 'tom', 24, 2, 330, 'growing'],
  ['Palewater Utilities', 'utilities', 'North', 420, 'mara', 36, 1, 92, 'plain'],
  ['Ironthimble Machine Works', 'manufacturing', 'West', 385, 'jonas', 24, 1, 133, 'slipping'],
  ['Gullwing Ferries', 'transport', 'North', 340, 'aylin', 24, 2, 262, 'fond'],
  ['Saltmarsh Clinics', 'health', 'North', 310, 'tom', 24, 1, 38, 'failing'],
  ['Marrowfield Seeds', 'agriculture', 'East', 265, 'mara', 24, 2, 178, 'plain'],
  ['Tinwhistle Transport', 'transport', 'West', 240, 'jonas', 24, 1, 351, 'steady'],
  ['Quillfeather Publishing', 'media', 'East', 225, 'aylin', 24, 1, 116, 'fond'],
  ['Lanternfish Energy', 'utilities', 'North', 210, 'tom', 24, 2, 24, 'wooed'],
  ['Mothlight Cinemas', 'leisure', 'South', 148, 'mara', 12, 2, 285, 'steady'],
  ['Hobnail & Daughters', 'retail', 'West', 132, 'jonas', 12, 3, 66, 'orphaned'],
  ['Velvetrope Hotels', 'leisure', 'South', 126, 'aylin', 12, 2, 229, 'growing'],
  ['Pennywhistle Toys', 'retail', 'East', 118, 'tom', 12, 3, 155, 'leaving'],
  ['Snowgoose Textiles', 'manufacturing', 'East', 112, 'mara', 12, 2, 19, 'fond'],
  ['Barleymow Mills', 'food', 'West', 104, 'jonas', 12, 3, 311, 'plain'],
  ['Foxglove Pharma Supply', 'health', 'South', 98, 'aylin', 12, 2, 84, 'failing'],
  ['Kestrelhaugh Ceramics', 'manufacturing', 'North', 93, 'tom', 12, 2, 193, 'slow-payer'],
  ['Wickerbasket Markets', 'retail', 'West', 88, 'mara', 12, 3, 246, 'steady'],
  ['Dovetail Carpentry Union', 'manufacturing', 'South', 84, 'jonas', 12, 1, 142, 'stalled'],
  ['Larkspur Housing', 'property', 'East', 81, 'aylin', 12, 2, 52, 'fond'],
  ['Bellwether Wool', 'manufacturing', 'North', 77, 'tom', 12, 3, 338, 'steady'],
  ['Cindercone Bakeries', 'food', 'South', 74, 'mara', 12, 2, 107, 'aloof'],
  ['Periwinkle Swimwear', 'retail', 'West', 70, 'jonas', 12, 2, 216, 'fond'],
  ['Gablewick Architects', 'property', 'East', 66, 'aylin', 12, 1, 274, 'growing'],
  ['Stormlantern Security', 'services', 'North', 63, 'tom', 12, 2, 170, 'grumbling'],
  ['Thistledown Logistics', 'transport', 'North', 60, 'mara', 12, 2, 320, 'steady'],
  ['Thistledown Retail', 'retail', 'North', 57, 'mara', 12, 2, 320, 'plain'],
  ['Rookery Press', 'media', 'East', 54, 'jonas', 12, 3, 11, 'vanishing'],
  ['Applecart Wholesale', 'retail', 'West', 50, 'aylin', 12, 2, 238, 'leaving'],
  ['Mossgrove Nurseries', 'agriculture', 'South', 47, 'tom', 12, 2, 188, 'recovering'],
  ['Heronsbill Boatyard', 'manufacturing', 'North', 44, 'mara', 12, 2, 61, 'slipping'],
  ['Saffronhill Spices', 'food', 'South', 39, 'jonas', 12, 3, 356, 'fond'],
  ['Tallowgate Museum Trust', 'leisure', 'East', 29, 'aylin', 12, 2, 125, 'steady'],
  ['Button & Moth Tailors', 'retail', 'West', 26, 'tom', 12, 2, 74, 'steady'],
  ['Puddlejump Kindergartens', 'education', 'South', 24, 'mara', 12, 3, 209, 'fond'],
  ['Gingham Linen Hire', 'services', 'West', 22, 'jonas', 12, 1, 161, 'plain'],
  ['Weathercock Roofing', 'construction', 'North', 21, 'aylin', 12, 2, 31, 'slipping'],
  ['Hedgerow Veterinary', 'health', 'East', 19, 'tom', 12, 2, 292, 'plain'],
  ['Candlewick Notaries', 'services', 'South', 18, 'mara', 12, 2, 100, 'fond'],
  ['Blackbird Driving School', 'education', 'West', 16, 'jonas', 12, 3, 254, 'steady'],
  ['Oxbow Canoe Hire', 'leisure', 'East', 15, 'aylin', 12, 2, 343, 'vanishing'],
  ['Marigold Hearing', 'health', 'South', 14, 'tom', 12, 2, 149, 'steady'],
  ['Sundial Surveyors', 'construction', 'North', 13, 'mara', 12, 1, 222, 'growing'],
  ['Turnstile Event Hire', 'services', 'West', 11, 'jonas', 12, 2, 88, 'failing'],
  ['Fernleaf Florists', 'retail', 'East', 9, 'aylin', 12, 2, 306, 'steady'],
  ['Pebbledash Plaster', 'construction', 'South', 8, 'tom', 12, 2, 44, 'plain'],
  ['Crumpet Street Cafes', 'food', 'West', 6, 'mara', 12, 2, 267, 'fond'],
];

/** Gone: one was taken over, the others left, for reasons of every kind. From who has left a model learns who leaves. */
const gone: readonly (Row | readonly [...Row, number])[] = [
  ['Dandelion Telecom Shops', 'retail', 'South', 72, 'jonas', 12, 2, -55, 'vanishing', 55],
  ['Wobblestone Quarries', 'construction', 'East', 33, 'aylin', 12, 2, -140, 'failing', 140],
  ['Peppermill Catering', 'food', 'North', 17, 'tom', 12, 1, -210, 'wooed', 210],
  ['Honeypot Travel', 'leisure', 'West', 45, 'mara', 12, 2, -300, 'steady', 300],
  ['Cobweb Stationers', 'retail', 'West', 12, 'mara', 12, 2, -38, 'failing', 38],
  ['Nightjar Couriers', 'transport', 'East', 28, 'jonas', 12, 2, -52, 'slipping', 52],
  ['Sorrel Soap Works', 'manufacturing', 'South', 9, 'aylin', 12, 2, -68, 'vanishing', 68],
  ['Tidewrack Fishmongers', 'food', 'North', 14, 'tom', 12, 2, -81, 'plain', 81],
  ['Plumbline Builders', 'construction', 'West', 22, 'mara', 12, 2, -97, 'aloof', 97],
  ['Hazelrod Surveys', 'services', 'East', 7, 'jonas', 12, 2, -112, 'plain', 112],
  ['Moonrake Observatory Cafe', 'leisure', 'South', 11, 'aylin', 12, 2, -126, 'growing', 126],
  ['Ferryman Storage', 'services', 'North', 36, 'tom', 12, 2, -139, 'slow-payer', 139],
  ['Bramblegate Opticians', 'health', 'West', 16, 'mara', 12, 2, -158, 'wooed', 158],
  ['Sparrowhall School', 'education', 'East', 24, 'jonas', 12, 2, -171, 'plain', 171],
  ['Thornapple Chemists', 'health', 'South', 31, 'aylin', 12, 2, -190, 'aloof', 190],
  ['Gooseberry Jam Works', 'food', 'North', 8, 'tom', 12, 2, -204, 'fond', 204],
  ['Cattail Garden Tools', 'retail', 'West', 19, 'mara', 12, 2, -226, 'fond', 226],
  ['Redwing Taxis', 'transport', 'East', 13, 'jonas', 12, 2, -243, 'slow-payer', 243],
  ['Alderbrook Timber', 'manufacturing', 'South', 41, 'aylin', 12, 2, -262, 'wooed', 262],
  ['Juniper Spa', 'leisure', 'North', 15, 'tom', 12, 2, -281, 'plain', 281],
  ['Marshlight Lamps', 'manufacturing', 'West', 26, 'mara', 12, 1, -309, 'orphaned', 309],
  ['Quarterdeck Chandlers', 'retail', 'East', 10, 'jonas', 12, 1, -333, 'vanishing', 333],
  ['Willowherb Dental', 'health', 'South', 18, 'aylin', 12, 1, -356, 'grumbling', 356],
  ['Harebell Bridal', 'retail', 'North', 7, 'tom', 12, 1, -388, 'plain', 388],
  ['Stonecrop Paving', 'construction', 'West', 29, 'mara', 12, 1, -421, 'slipping', 421],
  ['Eventide Funerals', 'services', 'East', 12, 'jonas', 12, 1, -459, 'growing', 459],
  ['Bittern Angling', 'leisure', 'South', 9, 'aylin', 12, 1, -498, 'wooed', 498],
  ['Lichen & Son Roofers', 'construction', 'North', 21, 'tom', 12, 1, -544, 'vanishing', 544],
];

const parents: Record<string, string> = { 'Thistledown Logistics': 'C-1001', 'Thistledown Retail': 'C-1001' };

const unseen = new Set(['Gingham Linen Hire', 'Hedgerow Veterinary', 'Larkspur Housing']);

export const customers: readonly DemoCustomer[] = [...rows, ...gone].map((row, index) => {
  const [name, industry, region, arr, owner, term, terms, renewsIn, mood, leftAgo] = row as readonly [...Row, number?];
  return { id: `C-${1001 + index}`, name, segment: segmentOf(arr), industry, region, arr, owner, term, terms, renewsIn, mood, leftAgo, parent: parents[name], telemetry: !unseen.has(name) };
});

function segmentOf(arr: number): DemoCustomer['segment'] {
  return arr >= 200 ? 'enterprise' : arr >= 35 ? 'mid-market' : 'small';
}
