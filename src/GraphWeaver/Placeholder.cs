namespace GraphWeaver;
