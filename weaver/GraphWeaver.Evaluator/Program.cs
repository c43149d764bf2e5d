using GraphWeaver.Evaluator;

// The real streams are taken before any user code can reach them through Console.
var channel = new Channel(StandardStreams.TakeInput(), StandardStreams.TakeOutput());
new Worker(channel).Run();
