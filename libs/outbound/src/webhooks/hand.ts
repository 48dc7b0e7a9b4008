/** What this process is at, at once. */
export class Hand {
  private readonly sending = new Set<Promise<void>>();
  private readonly tenants = new Map<string, number>();

  constructor(private readonly room: number) {}

  /** So many more have room. */
  get free(): number {
    return this.room - this.sending.size;
  }

  /** So many there are of each tenant. */
  get busy(): ReadonlyMap<string, number> {
    return this.tenants;
  }

  /** Until the work is done, which does not fail. */
  async hold(tenant: string, work: Promise<void>): Promise<void> {
    this.sending.add(work);
    this.count(tenant, 1);
    await work;
    this.sending.delete(work);
    this.count(tenant, -1);
  }

  async empty(): Promise<void> {
    await Promise.all(this.sending);
  }

  private count(tenant: string, more: number): void {
    const count = (this.tenants.get(tenant) ?? 0) + more;
    if (count > 0) this.tenants.set(tenant, count);
    else this.tenants.delete(tenant);
  }
}
