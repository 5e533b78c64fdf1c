import java.nio.file.Files;
import java.nio.file.Path;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

/** Prints a line for each assertion of PDF/UA-1 that a file given fails: file, clause, message, separated by tabs. */
public final class PdfUa {
    private PdfUa() {}

    public static void main(String[] files) throws Exception {
        VeraGreenfieldFoundryProvider.initialise();
        for (String file : files) {
            try (PDFAParser parser =
                    Foundries.defaultInstance()
                            .createParser(Files.newInputStream(Path.of(file)), PDFAFlavour.PDFUA_1)) {
                ValidationResult result =
                        Foundries.defaultInstance()
                                .createValidator(PDFAFlavour.PDFUA_1, false)
                                .validate(parser);
                for (TestAssertion found : result.getTestAssertions()) {
                    if (found.getStatus() == TestAssertion.Status.FAILED) {
                        System.out.println(
                                String.join(
                                        "\t",
                                        file,
                                        found.getRuleId().getClause(),
                                        found.getMessage().replaceAll("\\s+", " ")));
                    }
                }
                System.out.println(file + "\tchecked\t" + result.getTotalAssertions());
            }
        }
    }
}
