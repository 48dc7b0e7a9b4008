import { Body, Controller, Inject, Param, Post, Redirect, UseInterceptors } from '@nestjs/common';
import type { Caller } from '../access/api-keys.js';
import { CallerParam, Scope } from '../access/scope.decorator.js';
import { Tasks } from '../tasks/tasks.js';
import { NewTaskForm, TaskDoneForm, TaskDropForm, TaskSnoozeForm } from './forms.dto.js';
import { PageInterceptor } from './page.interceptor.js';
import { address, customerPath } from './words.js';

/** The forms about tasks, of the list of the day and of a customer's page. Each leads back to where it was sent from. */
@Controller()
@Scope('today:write')
@UseInterceptors(PageInterceptor)
export class TasksPage {
  constructor(@Inject(Tasks) private readonly tasks: Tasks) {}

  @Post('customers/:id/tasks')
  @Redirect('/', 303)
  async create(@CallerParam() caller: Caller, @Param('id') id: string, @Body() form: NewTaskForm) {
    return this.back(caller, await this.tasks.create(caller, id, form), { customer: id }, 'task-created');
  }

  @Post('tasks/:task/done')
  @Redirect('/', 303)
  async done(@CallerParam() caller: Caller, @Param('task') task: string, @Body() form: TaskDoneForm) {
    return this.back(caller, await this.tasks.done(caller, task, form), form, 'task-done');
  }

  @Post('tasks/:task/snooze')
  @Redirect('/', 303)
  async snooze(@CallerParam() caller: Caller, @Param('task') task: string, @Body() form: TaskSnoozeForm) {
    return this.back(caller, await this.tasks.snooze(caller, task, form), form, 'task-snooze');
  }

  @Post('tasks/:task/drop')
  @Redirect('/', 303)
  async drop(@CallerParam() caller: Caller, @Param('task') task: string, @Body() form: TaskDropForm) {
    return this.back(caller, await this.tasks.drop(caller, task, form.reason), form, 'task-drop');
  }

  /** Waits a little first, so that the page shows what was noted. */
  private async back(caller: Caller, { position }: { readonly position: string | undefined }, { owner, customer }: { readonly owner?: string; readonly customer?: string }, noted: string) {
    if (position !== undefined) await this.tasks.shown(caller, position);
    return { url: customer === undefined ? address('/', { owner, noted }) : `${address(customerPath(customer), { noted })}#work` };
  }
}
