import { encoded, type Encoded } from './kafkajs-produce-request.ts';

/** A request of kafkajs, on its way to the broker. */
export interface FramedRequest {
  readonly correlationId: number;
  readonly clientId: string;
  readonly request: {
    readonly apiKey: number;
    readonly apiVersion: number;
    readonly encode: () => Promise<{ readonly buffer: Buffer }>;
  };
}

const FIXED_BYTES = 4 + 2 + 2 + 4 + 2;

/**
 * Puts size and header before a request (request header v1, kafka.apache.org/protocol#protocol_messages). kafkajs copies the
 * request twice for it, into zeroed buffers that grow by doubling; this copies it once.
 */
export async function frameRequest({ correlationId, clientId, request }: FramedRequest): Promise<Encoded> {
  const { buffer: payload } = await request.encode();
  const clientBytes = Buffer.byteLength(clientId);
  const headerBytes = FIXED_BYTES + clientBytes;
  const frame = Buffer.allocUnsafe(headerBytes + payload.length);
  frame.writeInt32BE(frame.length - 4, 0);
  frame.writeInt16BE(request.apiKey, 4);
  frame.writeInt16BE(request.apiVersion, 6);
  frame.writeInt32BE(correlationId, 8);
  frame.writeInt16BE(clientBytes, 12);
  frame.write(clientId, FIXED_BYTES);
  frame.set(payload, headerBytes);
  return encoded(frame);
}
