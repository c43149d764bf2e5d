using GraphWeaver.DifferentialTests.Fallback;
using GraphWeaver.DifferentialTests.Kernels;

namespace GraphWeaver.DifferentialTests.Verification;

/// <summary>The tensor programs and the fallback suite in Verify mode: nothing differs, so nothing is thrown and every call does what it did.</summary>
[Collection(nameof(GraphMode))]
public sealed class VerifiedSuiteTests
{
    [Theory]
    [MemberData(nameof(FusionTests.Calls), MemberType = typeof(FusionTests), DisableDiscoveryEnumeration = true)]
    public void A_tensor_program_verified_does_what_the_unwoven_one_does(string type, string method, int kernels, Func<object?[]> arguments)
    {
        using var verify = new VerifyMode();
        new FusionTests().A_woven_method_does_what_the_unwoven_one_does(type, method, kernels, arguments);
    }

    [Fact]
    public void Every_case_of_the_fallback_suite_verified_does_what_the_woven_one_does()
    {
        foreach (var named in Case.All)
        {
            using var woven = new CaseAssembly(CaseFiles.Woven);
            var expected = EagerModeTests.Calls(woven, named);
            using var verify = new VerifyMode();
            using var verified = new CaseAssembly(CaseFiles.Woven);
            Assert.Equal((named.Name, expected), (named.Name, EagerModeTests.Calls(verified, named)));
        }
    }
}
