/** The content can't be cleaned, now or later; the message says why and what to do. */
export class Unprocessable extends Error {
  override readonly name = 'Unprocessable';
}
