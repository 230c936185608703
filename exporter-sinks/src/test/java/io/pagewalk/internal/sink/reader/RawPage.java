package io.pagewalk.internal.sink.reader;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.Util;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;

/**
 * A page as it lies in a file.
 *
 * @param start where its header begins
 * @param headerSize how many bytes that has
 */
record RawPage(long start, int headerSize, PageHeader header) {
    /** The pages of a column, one after the other, without a look at any index. Checks the checksum of each. */
    static List<RawPage> of(byte[] file, ColumnChunkMetaData column) throws IOException {
        List<RawPage> pages = new ArrayList<>();
        int position = Math.toIntExact(column.getStartingPos());
        int end = Math.toIntExact(position + column.getTotalSize());
        while (position < end) {
            ByteArrayInputStream in = new ByteArrayInputStream(file, position, end - position);
            PageHeader header = Util.readPageHeader(in);
            RawPage page = new RawPage(position, end - position - in.available(), header);
            assertThat(page.size()).as("size of %s", page).isLessThanOrEqualTo(end - position);
            page.checkChecksum(file);
            pages.add(page);
            position += page.size();
        }
        return pages;
    }

    private void checkChecksum(byte[] file) {
        CRC32 checksum = new CRC32();
        checksum.update(file, Math.toIntExact(start + headerSize), header.getCompressed_page_size());
        assertThat(header.isSetCrc()).as("a checksum in %s", this).isTrue();
        assertThat(header.getCrc()).as("checksum of %s", this).isEqualTo((int) checksum.getValue());
    }

    /** The bytes of header and content. */
    int size() {
        return headerSize + header.getCompressed_page_size();
    }

    int uncompressedSize() {
        return headerSize + header.getUncompressed_page_size();
    }

    boolean isDictionary() {
        return header.getType() == PageType.DICTIONARY_PAGE;
    }

    int values() {
        return header.getData_page_header().getNum_values();
    }

    /** The name of the encoding of what is in it. */
    String encoding() {
        return isDictionary()
                ? header.getDictionary_page_header().getEncoding().name()
                : header.getData_page_header().getEncoding().name();
    }
}
