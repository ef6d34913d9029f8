package org.runmetrics.frame;

import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads what a client sends, however its frames are cut into pieces.
 *
 * <p>Only control frames are kept. Messages are passed over, whatever their length, as nothing is
 * asked by them; their text is not checked. For use by one thread at a time.
 */
public final class FrameReader {
  private static final int FINAL = 0x80;
  private static final int RESERVED = 0x70;
  private static final int OPCODE = 0x0F;
  private static final int MASKED = 0x80;
  private static final int LENGTH = 0x7F;
  private static final int MAX_CONTROL = 125;
  private static final int MASK_BYTES = 4;

  /** The longest head: two bytes, eight of a length, and the mask. */
  private static final int MAX_HEAD = 14;

  /** The head of the frame that is being read, as far as it came. */
  private final ByteBuffer head = ByteBuffer.allocate(MAX_HEAD);

  /** The payload of a control frame, as far as it came; without room outside of one. */
  private ByteBuffer payload = ByteBuffer.allocate(0);

  /** Bytes of a message still to pass over. */
  private long skip;

  private Opcode opcode = Opcode.TEXT;

  /** Whether a message goes on with the next frame. */
  private boolean continued;

  /** Whether the client has said its last word. */
  private boolean over;

  /** Starts before the first frame. */
  public FrameReader() {}

  /**
   * Reads on.
   *
   * @param length how many of the bytes to read, from the first on
   * @return the control frames that end in these bytes; what comes behind a goodbye, or behind what
   *     is malformed, is passed over
   */
  public List<Control> read(byte[] bytes, int length) {
    ByteBuffer in = ByteBuffer.wrap(bytes, 0, length);
    List<Control> controls = new ArrayList<>();
    try {
      while (in.hasRemaining() && !over) {
        read(in).ifPresent(controls::add);
      }
    } catch (ProtocolException malformed) {
      over = true;
      controls.add(new Control.Malformed(String.valueOf(malformed.getMessage())));
    }
    return controls;
  }

  /** Takes a byte, or what can be passed over, and returns the control frame that ends with it. */
  private Optional<Control> read(ByteBuffer in) throws ProtocolException {
    if (skip > 0) {
      int passed = (int) Math.min(skip, in.remaining());
      in.position(in.position() + passed);
      skip -= passed;
      return Optional.empty();
    }
    boolean complete;
    if (payload.hasRemaining()) {
      payload.put(in.get());
      complete = !payload.hasRemaining();
    } else {
      complete = readHead(in.get()) && opcode.isControl() && !payload.hasRemaining();
    }
    return complete ? Optional.of(control()) : Optional.empty();
  }

  /** Takes one byte of a head, and returns true if it was the last. */
  private boolean readHead(byte next) throws ProtocolException {
    head.put(next);
    if (head.position() == 2) {
      check(head.get(0), head.get(1));
    }
    if (head.position() < headLength()) {
      return false;
    }
    long length = payloadLength();
    if (length < 0) {
      throw new ProtocolException("A frame is too long");
    }
    head.clear();
    if (opcode.isControl()) {
      payload = ByteBuffer.allocate((int) length);
    } else {
      skip = length;
    }
    return true;
  }

  private void check(byte first, byte second) throws ProtocolException {
    boolean last = (first & FINAL) != 0;
    if ((first & RESERVED) != 0) {
      throw new ProtocolException("No extension was agreed on");
    }
    if ((second & MASKED) == 0) {
      throw new ProtocolException("A client has to mask its frames");
    }
    opcode =
        Opcode.of(first & OPCODE).orElseThrow(() -> new ProtocolException("Not a kind of frame"));
    if (opcode.isControl()) {
      if (!last || (second & LENGTH) > MAX_CONTROL) {
        throw new ProtocolException("A control frame is short and whole");
      }
    } else if ((opcode == Opcode.CONTINUATION) != continued) {
      throw new ProtocolException("Frames of a message follow each other");
    } else {
      continued = !last;
    }
  }

  /** Returns the length of the head, as far as it is known yet. */
  private int headLength() {
    if (head.position() < 2) {
      return 2;
    }
    return switch (head.get(1) & LENGTH) {
      case 126 -> 2 + Short.BYTES + MASK_BYTES;
      case 127 -> 2 + Long.BYTES + MASK_BYTES;
      default -> 2 + MASK_BYTES;
    };
  }

  private long payloadLength() {
    int length = head.get(1) & LENGTH;
    return switch (length) {
      case 126 -> Short.toUnsignedInt(head.getShort(2));
      case 127 -> head.getLong(2);
      default -> length;
    };
  }

  private Control control() throws ProtocolException {
    // Control frames are short, so that the mask is behind the first two bytes.
    byte[] bytes = payload.array();
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] ^= head.get(2 + i % MASK_BYTES);
    }
    ByteBuffer unmasked = ByteBuffer.wrap(bytes).asReadOnlyBuffer();
    over = opcode == Opcode.CLOSE;
    return switch (opcode) {
      case PING -> new Control.Ping(unmasked);
      case PONG -> new Control.Pong();
      default -> new Control.Close(goodbye(unmasked));
    };
  }

  private static Goodbye goodbye(ByteBuffer payload) throws ProtocolException {
    if (!payload.hasRemaining()) {
      return new Goodbye(0, "");
    }
    int code = payload.remaining() == 1 ? 0 : Short.toUnsignedInt(payload.getShort(0));
    if (!Goodbye.isCode(code)) {
      throw new ProtocolException("Not a code to close with");
    }
    // The reason is for people, and nobody reads it here.
    return new Goodbye(code, "");
  }
}
