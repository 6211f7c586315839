import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.ProtectionDomain;

/** Java agent that sets a broker's clock wrong: by the milliseconds that a file says at its start. */
public final class WrongClock implements ClassFileTransformer {
  private final byte[] replacement;

  private WrongClock(byte[] replacement) {
    this.replacement = replacement;
  }

  /** @param folder holds the replacing class and the file with the shift */
  public static void premain(String folder, Instrumentation instrumentation) throws Exception {
    Path root = Path.of(folder);
    System.setProperty("wirefold.clock.shift.ms", Files.readString(root.resolve("shift-ms")).strip());
    instrumentation.addTransformer(
        new WrongClock(Files.readAllBytes(root.resolve("org/apache/kafka/common/utils/SystemTime.class"))));
  }

  @Override
  public byte[] transform(
      ClassLoader loader, String name, Class<?> redefined, ProtectionDomain domain, byte[] original) {
    return "org/apache/kafka/common/utils/SystemTime".equals(name) ? replacement : null;
  }
}
