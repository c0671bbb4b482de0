/** Something an operator of a gate has to mend: `message` says in plain words what, and how. */
export class GateError extends Error {
  override readonly name = 'GateError';
  readonly code: string;

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
