/** A column of numbers that grows. */
export class Growing {
  length = 0;
  private room = new Float64Array(256);

  push(value: number): void {
    if (this.length === this.room.length) {
      const wider = new Float64Array(2 * this.room.length);
      wider.set(this.room);
      this.room = wider;
    }
    this.room[this.length++] = value;
  }

  at(place: number): number {
    return this.room[place]!;
  }
}
