package io.socle.realtime.bench;

import io.socle.realtime.shell.owner.ByteStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteOptions;

/** A store on disk as Streams uses it, with the memory that presence-service has by default. */
final class RocksStore implements ByteStore, AutoCloseable {
    private static final long BYTES = 16L << 20;

    static {
        RocksDB.loadLibrary();
    }

    private final Options options = new Options()
            .setCreateIfMissing(true)
            .setWriteBufferSize(4L << 20)
            .setTableFormatConfig(new BlockBasedTableConfig().setBlockCache(new LRUCache(BYTES)));
    private final WriteOptions writes = new WriteOptions().setDisableWAL(true);
    private final RocksDB store;
    private long operations;

    RocksStore(Path folder) throws RocksDBException {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.store = RocksDB.open(options, folder.toString());
    }

    /** How many entries were read, written or looked at so far. */
    long operations() {
        return operations;
    }

    @Override
    public byte @Nullable [] get(byte[] key) {
        operations++;
        try {
            return store.get(key);
        } catch (RocksDBException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void put(byte[] key, byte[] value) {
        operations++;
        try {
            store.put(writes, key, value);
        } catch (RocksDBException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void delete(byte[] key) {
        operations++;
        try {
            store.delete(writes, key);
        } catch (RocksDBException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void range(byte[] from, byte[] to, Visitor visitor) {
        try (RocksIterator at = store.newIterator()) {
            boolean more = true;
            for (at.seek(from); more && at.isValid() && Arrays.compareUnsigned(at.key(), to) <= 0; at.next()) {
                operations++;
                more = visitor.visit(at.key(), at.value());
            }
        }
    }

    @Override
    public void close() {
        store.close();
        writes.close();
        options.close();
    }
}
