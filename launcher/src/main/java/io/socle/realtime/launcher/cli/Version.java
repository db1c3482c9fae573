package io.socle.realtime.launcher.cli;

import picocli.CommandLine.IVersionProvider;

/** The version in the manifest of the jar. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        String version = Version.class.getPackage().getImplementationVersion();
        return new String[] {"realtime " + (version == null ? "(unpacked build)" : version), "Java " + Runtime.version()
        };
    }
}
