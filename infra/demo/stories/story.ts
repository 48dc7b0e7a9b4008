import type { DemoCustomer } from '../customers.js';
import type { Mood } from '../mood.js';
import type { Scene } from '../scene.js';

/** A customer with something to show: an ordinary life in this mood, and what `tell` adds to it. */
export interface Story {
  readonly title: string;
  readonly lookAt: string;
  readonly customer: Omit<DemoCustomer, 'mood'>;
  readonly mood: Mood;
  readonly tell?: (scene: Scene) => void;
}
