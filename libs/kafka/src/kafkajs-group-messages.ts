/** What kafkajs asks to be sorted by partition. */
interface Unsorted<Message> {
  readonly topic: string;
  readonly partitionMetadata: readonly object[];
  readonly messages: readonly Message[];
  readonly partitioner: (choice: {
    readonly topic: string;
    readonly partitionMetadata: readonly object[];
    readonly message: Message;
  }) => number;
}

/** Messages by their partition. kafkajs copies the list of a partition for each message of it: time grows with the square. */
export function groupMessagesPerPartition<Message>(unsorted: Unsorted<Message>): Record<number, Message[]> {
  const { topic, partitionMetadata, messages, partitioner } = unsorted;
  const groups: Record<number, Message[]> = {};
  if (partitionMetadata.length === 0) return groups;
  for (const message of messages) {
    const partition = partitioner({ topic, partitionMetadata, message });
    const group = groups[partition];
    if (group === undefined) groups[partition] = [message];
    else group.push(message);
  }
  return groups;
}
