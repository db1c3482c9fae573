package io.socle.realtime.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** CPU time and memory of a process, from /proc. */
final class ProcessCpu {
    /** Length of a clock tick on Linux, in microseconds: USER_HZ is 100 on every architecture that the JDK runs on. */
    private static final long TICK_MICROS = 10_000;

    private static final int USER_TIME = 11;
    private static final int KERNEL_TIME = 12;

    private ProcessCpu() {}

    /** User and kernel time so far, in microseconds. */
    static long micros(long pid) throws IOException {
        String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
        // The command's name may hold spaces; what follows its parenthesis does not.
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[USER_TIME]) + Long.parseLong(fields[KERNEL_TIME])) * TICK_MICROS;
    }

    /** Resident memory, in KiB. */
    static long residentKib(long pid) throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("\\D+", ""));
            }
        }
        throw new IOException("no VmRSS of process " + pid);
    }
}
