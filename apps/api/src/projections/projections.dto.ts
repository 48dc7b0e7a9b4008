import { IsIn, Matches } from 'class-validator';
import { Line, Optional } from '../http/rules.js';
import { Says } from '../http/says.decorator.js';

class ProjectionQuery {
  @Says('Only this read model; all when left out.', { example: 'customers' })
  @Optional() @Matches(/^[a-z][a-z-]{0,40}$/, { message: 'projection must be the name of a read model, such as customers' })
  projection?: string;
}

/** Which parked customers: of one projection, or one customer; all when left out. */
export class ParkedQuery extends ProjectionQuery {
  @Says('Only this customer, by our id; all when left out.')
  @Optional() @Line(200)
  customer?: string;
}

export class ReplayQuery extends ProjectionQuery {}

export class SwitchQuery {
  @Says('`true` only goes back to the generation that was live before the last switch.')
  @Optional() @IsIn(['true', 'false'])
  undo?: 'true' | 'false';
}
