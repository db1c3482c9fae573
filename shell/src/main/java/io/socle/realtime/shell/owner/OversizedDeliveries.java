package io.socle.realtime.shell.owner;

import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProductionExceptionHandler;
import org.jboss.logging.Logger;

/**
 * A delivery or parked record that Kafka finds too large would be too large again after every restart: it is left out,
 * loudly. A changelog record never is: state must not part from its log.
 */
public final class OversizedDeliveries implements ProductionExceptionHandler {
    private static final Logger LOG = Logger.getLogger(OversizedDeliveries.class);
    private static final String CHANGELOG_SUFFIX = "-changelog";

    @Override
    public ProductionExceptionHandlerResponse handle(
            ErrorHandlerContext context, ProducerRecord<byte[], byte[]> record, Exception exception) {
        if (exception instanceof RecordTooLargeException && !record.topic().endsWith(CHANGELOG_SUFFIX)) {
            LOG.errorf(exception, "A record for %s was too large and was left out", record.topic());
            return ProductionExceptionHandlerResponse.CONTINUE;
        }
        return ProductionExceptionHandlerResponse.FAIL;
    }

    @Override
    public void configure(Map<String, ?> configs) {
        // Nothing to configure.
    }
}
