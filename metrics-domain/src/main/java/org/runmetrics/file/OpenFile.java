package org.runmetrics.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;

/**
 * A regular file, open for reading.
 *
 * <p>While it is open the file system cannot give its identity to another file.
 *
 * @param channel at the file's start
 * @param stamp what the file system reported of it when it was opened
 */
public record OpenFile(SeekableByteChannel channel, FileStamp stamp) implements AutoCloseable {

  /** Returns its bytes from where the channel stands; whoever closes the stream closes the file. */
  public InputStream stream() {
    return Channels.newInputStream(channel);
  }

  /** Closes the file; as it was only read, nothing can be lost by that. */
  public void closeQuietly() {
    try {
      close();
    } catch (IOException nothingToSave) {
      // The file system closes it all the same.
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
