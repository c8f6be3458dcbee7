/** A turn that one asynchronous task holds at a time, given in the order of asking. */
export class Turn {
  private taken = false;
  private readonly waiting: (() => void)[] = [];

  async take(): Promise<void> {
    if (!this.taken) {
      this.taken = true;
      return;
    }
    await new Promise<void>((resolve) => this.waiting.push(resolve));
  }

  pass(): void {
    const next = this.waiting.shift();
    if (next) next();
    else this.taken = false;
  }
}
